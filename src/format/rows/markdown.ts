/** `--format markdown`: a table to paste into a page or an issue. */
import { visible } from '../visible.js';
import { isNumeric, type RowWriter } from './answer.js';
import { cellTextOf } from './cell-text.js';

export const writeMarkdown: RowWriter = async (rows, write) => {
  const { columns } = rows;
  if (columns.length === 0) return;
  await write(line(columns.map(({ name }) => escaped(name))));
  await write(line(columns.map((column) => (isNumeric(column) ? '---:' : '---'))));
  const texts = columns.map(cellTextOf);
  for await (const batch of rows.batches) {
    const lines = batch.map((row) =>
      line(
        texts.map((text, i) => {
          const value = row[i] ?? null;
          return value === null ? 'NULL' : escaped(text(value));
        }),
      ),
    );
    await write(lines.join(''));
  }
};

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Data stays data: no cell ends early, and none brings markup, links or HTML of its own. */
function escaped(text: string): string {
  return visible(
    text
      .replace(/[\\|`*<[~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu, '\\$&')
      .replace(/\r\n|\r|\n/g, '<br>'),
  ).replaceAll('\t', ' ');
}
