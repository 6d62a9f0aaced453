import { MAX_FIELDS, MAX_RECORD_BYTES } from '../record-parser.js';

/** One record as Python's csv module gives it. A line without characters has no fields. */
export interface PythonRecord {
  /** The physical line on which it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

const LF = 10;
const CR = 13;
const QUOTE = 34;

type State = 'record' | 'field' | 'unquoted' | 'quoted' | 'quote in quoted';

/**
 * CSV as dbt reads a seed to find its types: Python's csv module with its defaults. It refuses
 * nothing: a quote inside a value is text, what follows a closing quote goes on with the value,
 * and a quote that is never closed ends with the file. CR, LF and CRLF are line ends everywhere.
 */
export class PythonCsv {
  readonly #delimiter: number;
  readonly #onRecord: (record: PythonRecord) => void;
  #state: State = 'record';
  #fields: string[] = [];
  #field = '';
  #line = 1;
  #recordLine = 1;
  /** A line feed that comes next belongs to the carriage return before. */
  #afterReturn = false;
  #length = 0;
  #tooLong = false;

  /** @param delimiter one UTF-16 unit */
  constructor(delimiter: string, onRecord: (record: PythonRecord) => void) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#onRecord = onRecord;
  }

  /** The line of a record that is too long to be one; what was pushed behind it is not read. */
  get tooLongAt(): number | undefined {
    return this.#tooLong ? this.#recordLine : undefined;
  }

  push(text: string): void {
    if (this.#tooLong) return;
    let start = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#afterReturn) {
        this.#afterReturn = false;
        if (code === LF) {
          start = at + 1;
          continue;
        }
      }
      if (this.#state === 'quoted') {
        if (code === QUOTE) {
          this.#field += text.slice(start, at);
          this.#state = 'quote in quoted';
        } else if (code === LF || code === CR) {
          this.#line += 1;
          if (code === LF) continue;
          this.#field += `${text.slice(start, at)}\n`;
          this.#afterReturn = true;
          start = at + 1;
        }
        continue;
      }
      if (this.#state === 'quote in quoted' && code === QUOTE) {
        this.#state = 'quoted';
        start = at;
        continue;
      }
      if (code === LF || code === CR) {
        this.#afterReturn = code === CR;
        if (this.#state === 'unquoted') this.#field += text.slice(start, at);
        if (this.#state !== 'record') this.#endField();
        this.#endRecord();
        this.#line += 1;
        start = at + 1;
        continue;
      }
      if (this.#state === 'record') this.#recordLine = this.#line;
      if (code === this.#delimiter) {
        if (this.#state === 'unquoted') this.#field += text.slice(start, at);
        this.#endField();
        if (this.#fields.length > MAX_FIELDS) {
          this.#tooLong = true;
          return;
        }
        start = at + 1;
      } else if (this.#state !== 'unquoted') {
        const opens = code === QUOTE && this.#state !== 'quote in quoted';
        this.#state = opens ? 'quoted' : 'unquoted';
        start = opens ? at + 1 : at;
      }
    }
    if (this.#state === 'quoted' || this.#state === 'unquoted') this.#field += text.slice(start);
    this.#length = this.#state === 'record' ? 0 : this.#length + text.length;
    this.#tooLong = this.#length > MAX_RECORD_BYTES;
  }

  /** The file has ended. */
  finish(): void {
    if (this.#tooLong || this.#state === 'record') return;
    this.#endField();
    this.#endRecord();
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#state = 'field';
  }

  #endRecord(): void {
    const line = this.#fields.length === 0 ? this.#line : this.#recordLine;
    const record = { line, fields: this.#fields };
    this.#fields = [];
    this.#state = 'record';
    this.#length = 0;
    this.#onRecord(record);
  }
}
