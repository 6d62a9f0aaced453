/** Lists of a summary. */
import stringWidth from 'string-width';

/** A list behind a head, broken between its items; further lines stand below the first item. */
export function wrapped(items: readonly string[], head: string, width: number): string {
  const lines: string[] = [];
  let line = head;
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item}, `;
    if (stringWidth(line) + text.trimEnd().length > width && line.trim() !== '' && line !== head) {
      lines.push(line.trimEnd());
      line = ' '.repeat(head.length);
    }
    line += text;
  }
  return [...lines, line.trimEnd()].join('\n');
}
