/** Writes an answer to stdout in the format that was asked for. */
import type { RowColumn } from '../format/rows/answer.js';
import { writeRows } from '../format/rows/write-rows.js';
import type { Row } from '../engine/engine.js';
import { formatOf } from './format-choice.js';
import type { FormatOptions, ProjectOptions } from './options.js';
import { terminalOf } from './terminal.js';

interface Answer {
  readonly columns: readonly RowColumn[];
  readonly batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
}

export async function printRows(
  answer: Answer,
  options: FormatOptions & ProjectOptions & { readonly limit?: number },
  emptyText = 'No rows.',
): Promise<void> {
  const terminal = terminalOf(process.stdout, options);
  await writeRows(process.stdout, answer, formatOf(options), {
    color: terminal.color,
    width: terminal.width,
    emptyText,
    ...(options.limit === undefined ? {} : { rowCap: options.limit }),
  });
}

/** Rows that the program made itself, as an answer; all columns are texts unless a type is given. */
export function ownRows(
  columns: readonly (readonly [name: string, type: string])[],
  rows: readonly Row[],
): Answer {
  return {
    columns: columns.map(([name, type]) => ({
      name,
      type,
      ...(type === 'VARCHAR' ? { isName: true } : {}),
      kind: type === 'VARCHAR' ? 'text' : type === 'BIGINT' ? 'integer' : 'other',
    })),
    batches: [rows],
  };
}
