import { pythonNumber, type PythonNumber, pythonStrip } from './python-number.js';
import { isDate, isDateAndTime, isIsoTimestamp } from './python-time.js';

/** The types that a column of a seed gets when none is declared. */
export type GuessedType =
  'integer' | 'bigint' | 'hugeint' | 'double' | 'date' | 'timestamp' | 'boolean' | 'text';

const NUMBER = 1;
const DATE = 2;
const DATE_AND_TIME = 4;
const ISO_TIMESTAMP = 8;
const BOOLEAN = 16;
const ALL = 31;

/** Python's decimals keep so many digits. */
const PRECISION = 28;
/** Digits that a hugeint has room for, and a decimal of every database. */
const MOST_DIGITS = 38;

/**
 * Finds the type of a column as dbt does: the first of number, date, timestamp and boolean that
 * every value is, else text. `null` in any case and a value of blanks say nothing. Where dbt has
 * an integer of 32 bits that the values don't fit, the type is wide enough for them, and ids
 * beyond 38 digits are text: no value is ever rounded to another whole number.
 */
export class ColumnGuess {
  #left = ALL;
  #wholePlaces = 1;
  #decimalPlaces = 0;
  /** Digits before the point of the longest number. */
  #digits = 0;
  #largest = 0n;
  #smallest = 0n;
  #hasFraction = false;
  #isScientific = false;
  #beyondDouble = 0;

  add(value: string): void {
    if (this.#left === 0) return;
    const text = pythonStrip(value);
    const lower = text.length <= 5 ? text.toLowerCase() : '';
    if (text === '' || lower === 'null') return;
    if (this.has(NUMBER)) {
      const number = pythonNumber(text);
      if (number === undefined) this.#left &= ~NUMBER;
      else if (number !== 'special') this.#addNumber(number, text);
    }
    if (this.has(DATE) && !isDate(text)) this.#left &= ~DATE;
    if (this.has(DATE_AND_TIME) && !isDateAndTime(text)) this.#left &= ~DATE_AND_TIME;
    if (this.has(ISO_TIMESTAMP) && !isIsoTimestamp(text)) this.#left &= ~ISO_TIMESTAMP;
    if (this.has(BOOLEAN) && !isBoolean(value)) this.#left &= ~BOOLEAN;
  }

  get type(): GuessedType {
    if (this.has(NUMBER)) return this.#numberType();
    if (this.has(DATE)) return 'date';
    if (this.has(DATE_AND_TIME) || this.has(ISO_TIMESTAMP)) return 'timestamp';
    return this.has(BOOLEAN) ? 'boolean' : 'text';
  }

  /** How many values have more digits than a double keeps; 0 where the type is another. */
  get roundedToDouble(): number {
    return this.type === 'double' ? this.#beyondDouble : 0;
  }

  private has(type: number): boolean {
    return (this.#left & type) !== 0;
  }

  #numberType(): GuessedType {
    // dbt tells whole numbers by this figure, which is off for more than 28 digits.
    const isWhole =
      this.#wholePlaces + this.#decimalPlaces > PRECISION
        ? this.#wholePlaces === PRECISION
        : this.#decimalPlaces === 0;
    if (!isWhole && (this.#hasFraction || this.#isScientific)) return 'double';
    if (this.#digits > MOST_DIGITS) return 'text';
    const fits = (bits: bigint): boolean =>
      this.#largest < 2n ** (bits - 1n) && this.#smallest >= -(2n ** (bits - 1n));
    if (fits(32n)) return 'integer';
    if (this.#hasFraction) return 'text';
    return fits(64n) ? 'bigint' : 'hugeint';
  }

  #addNumber({ digits, exponent, isScientific }: PythonNumber, text: string): void {
    if (isScientific) this.#isScientific = true;
    if (exponent < 0) this.#hasFraction = true;
    const [kept, power] = roundedTo(digits, exponent, PRECISION);
    this.#wholePlaces = Math.max(this.#wholePlaces, kept === '' ? 1 : kept.length + power);
    this.#decimalPlaces = Math.max(this.#decimalPlaces, kept === '' ? 0 : -power);
    if (digits.length > 15 && digitsOf(Number(text)) !== digits) this.#beyondDouble += 1;
    const whole = digits.length + exponent;
    if (whole <= this.#digits && whole < 10) return;
    this.#digits = Math.max(this.#digits, whole);
    if (whole < 10 || whole > MOST_DIGITS) return;
    const size = BigInt(digits.slice(0, whole).padEnd(whole, '0'));
    if (text.startsWith('-')) this.#smallest = -size < this.#smallest ? -size : this.#smallest;
    else if (size > this.#largest) this.#largest = size;
  }
}

/** The digits rounded half to even, without zeros at their end, and the power of ten. */
function roundedTo(digits: string, exponent: number, most: number): [string, number] {
  const more = digits.length - most;
  if (more <= 0) return [digits, exponent];
  const cut = digits.slice(most);
  const even = (digits.charCodeAt(most - 1) - 0x30) % 2 === 0;
  const up = cut.startsWith('5') && /^50*$/.test(cut) ? !even : cut >= '5';
  const kept = String(BigInt(digits.slice(0, most)) + (up ? 1n : 0n));
  const zeros = /0*$/.exec(kept)?.[0].length ?? 0;
  return [kept.slice(0, kept.length - zeros), exponent + more + zeros];
}

/** The digits of a double as it is shown, without zeros at either end. */
function digitsOf(value: number): string {
  return String(Math.abs(value))
    .replace(/e.*$/, '')
    .replace('.', '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
}

function isBoolean(value: string): boolean {
  const text = pythonStrip(value.replaceAll(',', '')).toLowerCase();
  return text === 'true' || text === 'false' || text === 'null' || text === '';
}
