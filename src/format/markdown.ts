/** Text for Markdown pages as hosting sites show them (GitHub Flavored Markdown). */
import { visible, visibleLine } from './visible.js';

/** A name as code where it is an ordinary one; else as text in which nothing is markup. Empty: `(no name)`. */
export function markdownName(name: string): string {
  if (name === '') return '(no name)';
  if (/^[A-Za-z0-9_.]+$/.test(name)) return `\`${name}\``;
  return plainMarkdown(name);
}

/** Text in which nothing is markup or makes a link, on one line: also in a cell of a table. */
export function plainMarkdown(text: string): string {
  return visibleLine(text).replace(markup, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

// All but letters, digits and marks that mean nothing; of those that may mean something, where they do.
const markup =
  /[^\p{L}\p{M}\p{N}\p{Extended_Pictographic} ,_.()/:;?'%+=-]|(?<!\w)_|_(?!\w)|:(?=\/)|(?<=www)\./giu;

/**
 * Somebody's Markdown on one line, also in a cell of a table: emphasis, code and links stay, HTML
 * becomes text.
 */
export function markdownLine(markdown: string): string {
  const line = visible(markdown).replace(/\s+/g, ' ').trim();
  return line
    .split(/((?<!`)(`+)(?!`).*?(?<!`)\2(?!`))/)
    .filter((_, i) => i % 3 !== 2)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll('<', '&lt;')))
    .join('')
    .replace(/(\\*)\|/g, (found, slashes: string) =>
      slashes.length % 2 === 1 ? found : `${slashes}\\|`,
    );
}

/** Cells must be Markdown of one line already. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
