import { open } from 'node:fs/promises';
import { BOM } from './byte.js';
import type { TypedColumn } from './column-type.js';
import type { FaultList } from './fault.js';
import { fieldCountProblem, type Header, matchHeader, NO_HEADER } from './header.js';
import { readFull } from './read-full.js';
import { type CsvRecord, RecordParser } from './record-parser.js';
import { readValue } from './value-grammar.js';

/** The values of one record in the order of the declared columns, in DuckDB's own form; null is NULL. */
export type ExactRow = readonly (string | null)[];

export interface ExactCsvOptions {
  /** Path to read. */
  readonly path: string;
  /** Name of the file in faults. */
  readonly file: string;
  readonly columns: readonly TypedColumn[];
  /** Gets every fault, in the order of the file. */
  readonly faults: FaultList;
  /** Gets the row of each record that has no fault, unless the header has one. */
  readonly onRow?: (row: ExactRow) => void;
  /** Called before each part of the file is read; ends the reading by throwing. */
  readonly checkInterrupt?: () => void;
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Reads a CSV file by the grammar of docs/sources.md and nothing else. This is the
 * reference: slow and exact, in memory that does not grow with the file.
 * Gives the number of records, faulty ones included.
 */
export async function readExactCsv(options: ExactCsvOptions): Promise<number> {
  const reader = new ExactReader(options);
  const parser = new RecordParser((record) => {
    reader.record(record);
  });
  const file = await open(options.path);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let first = true;
    while (!parser.stopped) {
      options.checkInterrupt?.();
      const filled = await readFull(file, chunk);
      const marked = first && BOM.every((byte, index) => index < filled && chunk[index] === byte);
      parser.push(chunk.subarray(marked ? BOM.length : 0, filled));
      first = false;
      if (filled < CHUNK_BYTES) break;
    }
  } finally {
    await file.close();
  }
  parser.finish();
  return reader.finish();
}

/** Takes the records of one file, the header first, and finds what is wrong with them. */
export class ExactReader {
  readonly #options: ExactCsvOptions;
  #header: Header | undefined;
  #rows = 0;

  constructor(options: ExactCsvOptions) {
    this.#options = options;
  }

  /** Undefined until the header has come. */
  get header(): Header | undefined {
    return this.#header;
  }

  /** To be called at the end of the file. Gives the number of records. */
  finish(): number {
    if (this.#header === undefined) this.#fault({ line: 1, problem: NO_HEADER });
    return this.#rows;
  }

  record(record: CsvRecord): void {
    if (this.#header === undefined) this.#readHeader(record);
    else this.#readRecord(record, this.#header);
  }

  #readHeader({ line, fields, problems }: CsvRecord): void {
    for (const { field, problem } of problems) {
      this.#fault({ line, value: fields[field] ?? '', problem });
    }
    const header = matchHeader(fields, this.#options.columns);
    this.#header = header;
    if (problems.some(({ fatal }) => fatal)) return;
    // A name that is written wrongly was told of; to call it unknown too helps nobody.
    const told = new Set(problems.map(({ field }) => fields[field]));
    for (const { column, problem } of header.problems) {
      if (!told.has(column)) this.#fault({ line, column, problem });
    }
  }

  #readRecord({ line, fields, problems }: CsvRecord, header: Header): void {
    this.#rows += 1;
    for (const { field, problem } of problems) {
      const column = header.names[field];
      this.#fault({
        line,
        ...(column === undefined ? {} : { column }),
        value: fields[field] ?? '',
        problem,
      });
    }
    if (problems.some(({ fatal }) => fatal)) return;
    if (fields.length !== header.names.length) {
      const problem = fieldCountProblem(fields.length, header.names.length);
      this.#fault({ line, problem });
      return;
    }
    const row = new Array<string | null>(this.#options.columns.length).fill(null);
    let valid = problems.length === 0;
    for (const [index, text] of fields.entries()) {
      const target = header.columns[index];
      const column = target === undefined ? undefined : this.#options.columns[target];
      if (target === undefined || column === undefined || text === '') continue;
      if (problems.some(({ field }) => field === index)) continue;
      const read = readValue(column.type, text);
      if ('value' in read) {
        row[target] = read.value;
      } else {
        valid = false;
        this.#fault({ line, column: column.name, value: text, problem: read.problem });
      }
    }
    if (valid && header.problems.length === 0) this.#options.onRow?.(row);
  }

  #fault(fault: { line: number; column?: string; value?: string; problem: string }): void {
    this.#options.faults.add({ file: this.#options.file, ...fault });
  }
}
