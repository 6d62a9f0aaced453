import { isUtf8 } from 'node:buffer';
import { COMMA, CR, LF, NUL, QUOTE } from './byte.js';

/** Something wrong with how a field is written, whatever its type. */
export interface FieldProblem {
  /** Index of the field in its record. */
  readonly field: number;
  readonly problem: string;
  /** Whether the fault lies in the whole record, so that its values say nothing. */
  readonly fatal: boolean;
}

/** One record: a line with characters, or several where a quoted value has line ends. */
export interface CsvRecord {
  /** The physical line on which it begins. */
  readonly line: number;
  /** Values without their quotes. Bytes that are not UTF-8 are shown as `\xE9`. */
  readonly fields: readonly string[];
  readonly problems: readonly FieldProblem[];
}

/** A record may have so many bytes; more is taken for a quote that is never closed. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** No table has so many columns; fields without end would need more memory than their bytes. */
export const MAX_FIELDS = 1024 * 1024;

/** What can be wrong with how a field is written. */
export const problems = {
  quoteInside:
    'has a quote inside a value that is not quoted (quote the whole value and double the quote)',
  afterQuote: 'has text after its closing quote (a quote inside a quoted value is doubled)',
  neverClosed: 'opens a quote that is never closed',
  carriageReturn: 'has a carriage return that ends no line (quote the value)',
  nul: 'has a NUL byte (is the file UTF-16?)',
  utf8: 'is not UTF-8',
  tooMany: 'belongs to a record of more than a million fields',
  tooLong: 'makes a record of more than 64 MiB (is a quote never closed?)',
} as const;

type State = 'field start' | 'unquoted' | 'quoted' | 'quote in quoted';

/**
 * RFC 4180 as the reference: takes the bytes of a file (without its byte order
 * mark) in chunks of any size, gives each record as soon as it ends, and holds
 * no more than one record. A byte at a time, so that nothing depends on where a
 * chunk ends.
 */
export class RecordParser {
  readonly #onRecord: (record: CsvRecord) => void;
  #state: State = 'field start';
  /** A carriage return outside of quotes waits for its line feed. */
  #carriageReturn = false;
  #inRecord = false;
  #line = 1;
  #recordLine = 1;
  #recordBytes = 0;
  /** Records given so far. */
  #given = 0;
  #stopped = false;
  #fields: string[] = [];
  #problems: FieldProblem[] = [];
  #field = Buffer.alloc(4096);
  #length = 0;
  #ascii = true;

  constructor(onRecord: (record: CsvRecord) => void) {
    this.#onRecord = onRecord;
  }

  /** Whether the parser gave up: what follows can't be told apart any more. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Whether the next byte is the first of a line that is not part of a record. */
  get betweenRecords(): boolean {
    return !this.#inRecord && !this.#carriageReturn;
  }

  /** Tells of lines between two records that others have read. */
  skipLines(count: number): void {
    this.#line += count;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.#stopped) at = this.pushRecord(chunk, at, chunk.length);
  }

  /** Takes bytes until a record has ended, and gives the place after it; at most `end`. */
  pushRecord(bytes: Uint8Array, start: number, end: number): number {
    const given = this.#given;
    for (let at = start; at < end; at += 1) {
      this.#byte(bytes[at]!);
      if (this.#given !== given) return at + 1;
    }
    return end;
  }

  /** The file has ended: gives a last record that has no line end. */
  finish(): void {
    if (this.#stopped) return;
    if (this.#carriageReturn) this.#loneCarriageReturn();
    if (this.#state === 'quoted') this.#fatal(problems.neverClosed);
    else if (this.#inRecord) this.#endRecord();
  }

  #byte(byte: number): void {
    if (this.#carriageReturn) {
      if (byte === LF) {
        this.#carriageReturn = false;
        this.#lineFeed();
        return;
      }
      this.#loneCarriageReturn();
    }
    if (this.#state !== 'quoted') {
      if (byte === LF) {
        this.#lineFeed();
        return;
      }
      if (byte === CR) {
        this.#carriageReturn = true;
        return;
      }
    } else if (byte === LF) {
      this.#line += 1;
    }
    if (!this.#inRecord) this.#beginRecord();
    this.#recordBytes += 1;
    if (this.#recordBytes > MAX_RECORD_BYTES || this.#fields.length > MAX_FIELDS) {
      const isLong = this.#recordBytes > MAX_RECORD_BYTES;
      this.#fatal(isLong ? problems.tooLong : problems.tooMany);
      this.#stopped = true;
      return;
    }
    if (byte === NUL) this.#problem(problems.nul);
    this.#inField(byte);
  }

  #inField(byte: number): void {
    switch (this.#state) {
      case 'field start':
        if (byte === QUOTE) {
          this.#state = 'quoted';
          return;
        }
        this.#state = 'unquoted';
        break;
      case 'unquoted':
        if (byte === QUOTE) this.#problem(problems.quoteInside);
        break;
      case 'quoted':
        if (byte === QUOTE) this.#state = 'quote in quoted';
        else this.#append(byte);
        return;
      case 'quote in quoted':
        if (byte === QUOTE) {
          this.#state = 'quoted';
          this.#append(byte);
          return;
        }
        if (byte !== COMMA) this.#problem(problems.afterQuote);
        this.#state = 'unquoted';
        break;
    }
    if (byte === COMMA) this.#endField();
    else this.#append(byte);
  }

  #lineFeed(): void {
    this.#line += 1;
    if (this.#inRecord) this.#endRecord();
  }

  #loneCarriageReturn(): void {
    this.#carriageReturn = false;
    if (!this.#inRecord) this.#beginRecord();
    this.#problem(problems.carriageReturn);
    this.#state = 'unquoted';
    this.#append(CR);
  }

  #beginRecord(): void {
    this.#inRecord = true;
    this.#recordLine = this.#line;
  }

  /** Notes the first problem of the current field. */
  #problem(problem: string, fatal = false): void {
    const field = this.#fields.length;
    if (this.#problems.at(-1)?.field !== field) this.#problems.push({ field, problem, fatal });
  }

  #fatal(problem: string): void {
    this.#problems = [{ field: this.#fields.length, problem, fatal: true }];
    this.#endRecord();
  }

  #append(byte: number): void {
    if (this.#length === this.#field.length) {
      const larger = Buffer.alloc(this.#field.length * 2);
      larger.set(this.#field);
      this.#field = larger;
    }
    this.#field[this.#length] = byte;
    this.#length += 1;
    if (byte >= 0x80) this.#ascii = false;
  }

  #endField(): void {
    const bytes = this.#field.subarray(0, this.#length);
    if (this.#ascii) {
      this.#fields.push(bytes.toString('latin1'));
    } else if (isUtf8(bytes)) {
      this.#fields.push(bytes.toString('utf8'));
    } else {
      this.#problem(problems.utf8);
      this.#fields.push(escapeBytes(bytes));
    }
    this.#length = 0;
    this.#ascii = true;
    this.#state = 'field start';
  }

  #endRecord(): void {
    this.#endField();
    const record = { line: this.#recordLine, fields: this.#fields, problems: this.#problems };
    this.#fields = [];
    this.#problems = [];
    this.#inRecord = false;
    this.#recordBytes = 0;
    this.#given += 1;
    this.#onRecord(record);
  }
}

/** Bytes that are not UTF-8, as much of them as a message may show. */
function escapeBytes(bytes: Buffer): string {
  return bytes
    .subarray(0, 200)
    .toString('latin1')
    .replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
