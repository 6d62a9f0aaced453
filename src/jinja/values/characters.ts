const surrogate = /[\ud800-\udfff]/;

/** How many characters (code points) a text has. */
export function textLength(text: string): number {
  if (!surrogate.test(text)) return text.length;
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    if ((text.codePointAt(i) ?? 0) > 0xffff) i += 1;
    count += 1;
  }
  return count;
}

/** The characters of a text; where each is one code unit, the text itself. */
export function characters(text: string): string | string[] {
  return surrogate.test(text) ? Array.from(text) : text;
}

/** The offset, in code units, of the character at an index. */
export function unitOffset(text: string, index: number): number {
  if (!surrogate.test(text)) return Math.min(index, text.length);
  let unit = 0;
  for (let i = 0; i < index && unit < text.length; i += 1) {
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  return unit;
}

/** The index of the character at an offset in code units. */
export function characterIndex(text: string, unit: number): number {
  return surrogate.test(text) ? textLength(text.slice(0, unit)) : unit;
}
