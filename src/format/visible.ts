/**
 * Text from data or from a user's file, safe for a terminal: control characters,
 * escape sequences and marks that turn the direction of writing become visible.
 */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what must not reach the terminal
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (c) => {
      const code = c.codePointAt(0) ?? 0;
      return code < 0x100
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

/** As visible, on one line: also line ends and tabs are shown. */
export function visibleLine(text: string): string {
  return visible(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'));
}
