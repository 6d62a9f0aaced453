/** Python's repr of a float: the shortest digits that give it back. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) return `${mantissa}e${exponentOf(exponent)}`;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** An exponent as Python writes it: a sign and at least two digits. */
export function exponentOf(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A finite float as the exact fraction `numerator / 2 ** halvings`. */
export function fractionOf(value: number): { numerator: bigint; halvings: number } {
  let scaled = value;
  let halvings = 0;
  // Multiplying by two is exact, and at most 1074 times brings the fraction up.
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1;
  }
  return { numerator: BigInt(scaled), halvings };
}

/** `numerator / denominator` to the nearest integer, a half to the even one. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const n = negative ? -numerator : numerator;
  let quotient = n / denominator;
  const twice = (n % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

/** The integer nearest to `value * 10 ** digits`, computed exactly. */
function scaledInteger(value: number, digits: number): bigint {
  const { numerator, halvings } = fractionOf(value);
  const denominator = 1n << BigInt(halvings);
  return digits >= 0
    ? divideRounded(numerator * 10n ** BigInt(digits), denominator)
    : divideRounded(numerator, denominator * 10n ** BigInt(-digits));
}

/** Python's `'%.nf' % value` for a finite value: a half goes to the even digit. */
export function fixedText(value: number, digits: number): string {
  const scaled = scaledInteger(value, digits);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Python's `round(value, digits)` of a float. */
export function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 400) return value;
  if (digits < -400) return value < 0 ? -0 : 0;
  const text = String(scaledInteger(value, digits));
  const rounded = Number(`${text}e${-digits}`);
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}
