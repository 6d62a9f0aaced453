/** Lines of a file around a fault, laid out for a terminal. */

const secretKey = /^(\s*(?:-\s+)?["']?[\w-]*(?:token|password|secret)[\w-]*["']?\s*:\s*)(\S.*)$/i;

/** Hides what a key such as `token` is set to, unless it is Jinja that only names where it is. */
function withoutSecret(line: string): string {
  const match = secretKey.exec(line);
  if (match === null || /^["']?\{\{/.test(match[2] ?? '')) return line;
  return `${match[1]}***`;
}

/**
 * The line of the fault with the one before and the one after it, numbered, and
 * a caret under the column. Secrets are hidden. Tabs count as one column and are shown as a space.
 */
export function excerptOf(text: string, line: number, column?: number): string {
  const lines = text.split(/\r\n|\n|\r/);
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const width = String(last).length;
  const out: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const source = withoutSecret(lines[number - 1] ?? '').replaceAll('\t', ' ');
    out.push(`${String(number).padStart(width)} | ${source}`.trimEnd());
    if (number === line && column !== undefined) {
      out.push(`${' '.repeat(width)} | ${' '.repeat(Math.max(0, column - 1))}^`);
    }
  }
  return out.join('\n');
}
