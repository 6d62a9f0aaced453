const simple: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const escape =
  /\\(?:\n|([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\\'"abfnrtv]))/g;

/**
 * What the inside of a string literal stands for. An unknown escape stays as it is,
 * backslash included, as in Python: `'\d'` is a regular expression's digit.
 */
export function unescape(inside: string): string {
  return inside.replace(
    escape,
    (all: string, octal?: string, hex?: string, u4?: string, u8?: string, char?: string) => {
      if (char !== undefined) return simple[char] ?? all;
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      const code = hex ?? u4 ?? u8;
      if (code === undefined) return '';
      const point = Number.parseInt(code, 16);
      return point > 0x10ffff ? all : String.fromCodePoint(point);
    },
  );
}
