/** A number as its digits and a power of ten: 1.50 is `150` and -2. */
export interface PythonNumber {
  /** Digits without leading zeros; empty for zero. */
  readonly digits: string;
  readonly exponent: number;
  /** Whether it was written with an exponent: `1e5`. */
  readonly isScientific: boolean;
}

/** Not numbers that can be compared, though Python reads them as such. */
export type Special = 'special';

/** The signs of currencies that dbt takes off, in its order. */
const CURRENCIES = '؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫';

const PLAIN = /^[+-]?(\d{1,400})(?:\.(\d{1,400}))?$/;
const DECIMAL = /^[+-]?(\p{Nd}*)(?:\.(\p{Nd}*))?(?:e([+-]?\p{Nd}+))?$/iu;
const SPECIAL = /^[+-]?(?:inf(?:inity)?|nan\p{Nd}*)$/iu;

/**
 * What dbt takes for a number: signs of percent and currency around it and commas in it are
 * passed over, so that the type is one of numbers; whether the database then takes the text is
 * another matter. Undefined for anything else.
 * @param text without blanks around it
 */
export function pythonNumber(text: string): PythonNumber | Special | undefined {
  const plain = PLAIN.exec(text);
  if (plain !== null) return numberOf(plain[1] ?? '', plain[2] ?? '', undefined);
  // Names and sentences have no digit, and nearly all texts are such.
  if (!/\p{Nd}|inf|nan/iu.test(text)) return undefined;
  let rest = stripped(text, '%');
  if (rest.startsWith('-')) rest = rest.slice(1);
  for (const symbol of CURRENCIES) rest = stripped(rest, symbol);
  rest = pythonStrip(rest.replaceAll(',', '')).replaceAll('_', '');
  if (SPECIAL.test(rest)) return 'special';
  const match = DECIMAL.exec(rest);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', power] = match;
  if (whole === '' && fraction === '') return undefined;
  return numberOf(whole, fraction, power);
}

function numberOf(whole: string, fraction: string, power: string | undefined): PythonNumber {
  const isScientific = power !== undefined;
  const written = `${whole}${fraction}${power ?? ''}`;
  const digits = (whole + fraction).replace(/^0+/, '');
  // Digits of other scripts are a number to Python, and to no database: their size is of no use.
  if (digits === '' || !/^[+\-0-9]*$/.test(written))
    return { digits: '', exponent: 0, isScientific };
  const zeros = trailingZeros(digits);
  return {
    digits: digits.slice(0, digits.length - zeros),
    exponent: Number(power ?? 0) - fraction.length + zeros,
    isScientific,
  };
}

function trailingZeros(digits: string): number {
  let zeros = 0;
  while (zeros < digits.length && digits[digits.length - 1 - zeros] === '0') zeros += 1;
  return zeros;
}

/** The blanks that Python's `str.strip()` takes off. */
export function pythonStrip(text: string): string {
  const blank = (at: number): boolean => {
    const code = text.charCodeAt(at);
    return (
      (code <= 0x20 && (code === 0x20 || (code >= 9 && code <= 13) || code >= 0x1c)) ||
      (code > 0x7f && /[\s\x85]/.test(text.charAt(at)) && code !== 0xfeff)
    );
  };
  let start = 0;
  let end = text.length;
  while (start < end && blank(start)) start += 1;
  while (end > start && blank(end - 1)) end -= 1;
  return text.slice(start, end);
}

function stripped(text: string, symbol: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === symbol) start += 1;
  while (end > start && text[end - 1] === symbol) end -= 1;
  return text.slice(start, end);
}
