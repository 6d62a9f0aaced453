/**
 * Text from data or from a user's file, safe for a terminal: control characters,
 * escape sequences and marks that turn the direction of writing become visible.
 * Line ends and tabs are left alone.
 */
export function visible(text: string): string {
  return text.replace(unsafe, escapeOf);
}

/** As visible, on one line: also line ends and tabs are shown. */
export function visibleLine(text: string): string {
  return visible(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'));
}

// Besides the controls (C0 but for \t and \n, DEL, C1): direction marks, separators that some
// terminals take as line ends, marks that have no width, and halves of characters.
const unsafe =
  // eslint-disable-next-line no-control-regex -- these are what must not reach the terminal
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

function escapeOf(character: string): string {
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
