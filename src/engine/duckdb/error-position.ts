/** Where in the SQL an error lies, from the `LINE 3: …` and caret that DuckDB prints under it. */
export interface SqlPosition {
  readonly line: number;
  /** In characters as editors count them (UTF-16 units), from 1. */
  readonly column: number | undefined;
}

export interface LocatedText {
  /** The message without the excerpt. */
  readonly message: string;
  readonly position: SqlPosition | undefined;
}

const EXCERPT = /\n+(LINE (\d+): )(.*)\n( *)\^\s*$/s;

export function locate(text: string, sql: string | undefined): LocatedText {
  const found = EXCERPT.exec(text);
  if (found === null) return { message: text.trim(), position: undefined };
  const [, label = '', number = '1', shown = '', indent = ''] = found;
  const line = Number(number);
  const column = columnOf(shown, indent.length - label.length, sql?.split('\n')[line - 1]);
  return { message: text.slice(0, found.index).trim(), position: { line, column } };
}

/**
 * DuckDB counts the caret's place in columns of a terminal, where a CJK character
 * takes two, and cuts long lines at both ends (`...`).
 */
function columnOf(shown: string, caret: number, source: string | undefined): number | undefined {
  if (caret < 0) return undefined;
  const before = charactersWithin(shown, caret);
  if (source === undefined || source.startsWith(shown)) return before + 1;
  const cutLeft = shown.startsWith('...') ? 3 : 0;
  const excerpt = shown.slice(cutLeft, shown.endsWith('...') ? -3 : undefined);
  // The text around the caret is found again; repeated text makes the place uncertain.
  const first = source.indexOf(excerpt);
  if (first === -1 || before < cutLeft) return undefined;
  return first + before - cutLeft + 1;
}

function charactersWithin(text: string, width: number): number {
  let units = 0;
  let columns = 0;
  for (const character of text) {
    if (columns >= width) break;
    columns += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
    units += character.length;
  }
  return units;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
