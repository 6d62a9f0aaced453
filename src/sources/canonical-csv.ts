import { closeSync, openSync, writeSync } from 'node:fs';
import type { TypedColumn } from './column-type.js';
import type { CsvQuery } from './csv-query.js';
import type { ExactRow } from './exact-csv.js';

/**
 * Writes rows that the exact reader found right into a CSV file that DuckDB
 * can't misread: one line end, every value quoted, columns as declared, every
 * value in DuckDB's own form.
 */
export class CanonicalCsv {
  readonly #path: string;
  readonly #columns: readonly TypedColumn[];
  readonly #file: number;
  #pending: string[] = [];
  #pendingLength = 0;
  #longestRecord = 0;

  /** Opens the file for writing. */
  constructor(path: string, columns: readonly TypedColumn[]) {
    this.#path = path;
    this.#columns = columns;
    this.#file = openSync(path, 'w', 0o600);
    this.#write(columns.map((_, index) => `"${index}"`).join(','));
  }

  row(row: ExactRow): void {
    // A quoted empty value is NULL too, and no line is ever blank.
    this.#write(row.map((value) => `"${(value ?? '').replaceAll('"', '""')}"`).join(','));
  }

  /** Writes what is pending, closes the file and tells how to read it. */
  finish(): CsvQuery {
    this.#flush();
    this.close();
    return {
      path: this.#path,
      fields: this.#columns.map((_, index) => index),
      lineEnd: '\n',
      quotedLineEnds: true,
      // A character is at most three bytes for each unit of a JavaScript string.
      longestRecord: this.#longestRecord * 3,
      zoned: this.#columns.map(() => false),
    };
  }

  #closed = false;

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#file);
  }

  #write(line: string): void {
    this.#pending.push(line);
    this.#pendingLength += line.length;
    if (line.length > this.#longestRecord) this.#longestRecord = line.length;
    if (this.#pendingLength > 1_000_000) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(`${this.#pending.join('\n')}\n`);
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#file, bytes, written);
    this.#pending = [];
    this.#pendingLength = 0;
  }
}
