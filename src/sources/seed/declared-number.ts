import { pythonNumber, pythonStrip } from './python-number.js';

const WHOLE =
  /^(?:tinyint|smallint|integer|int|bigint|hugeint|long|short|signed|int[1248]|u(?:tinyint|smallint|integer|bigint|hugeint))$/i;
const DECIMAL = /^(?:decimal|numeric|dec)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?$/i;

/** Counts the values of a column with a declared type of numbers that the database will round. */
export class DeclaredNumber {
  readonly type: string;
  readonly #scale: number;
  #rounded = 0;

  private constructor(type: string, scale: number) {
    this.type = type;
    this.#scale = scale;
  }

  /** Undefined for a type that rounds nothing, or of which that is not known. */
  static of(type: string): DeclaredNumber | undefined {
    const name = type.trim();
    if (WHOLE.test(name)) return new DeclaredNumber(name, 0);
    const match = DECIMAL.exec(name);
    if (match === null) return undefined;
    // DuckDB's decimal without digits is decimal(18,3).
    return new DeclaredNumber(name, Number(match[2] ?? (match[1] === undefined ? 3 : 0)));
  }

  get rounded(): number {
    return this.#rounded;
  }

  add(value: string): void {
    if (!/[.e]/i.test(value)) return;
    const number = pythonNumber(pythonStrip(value));
    if (number === undefined || number === 'special') return;
    if (-number.exponent > this.#scale) this.#rounded += 1;
  }
}
