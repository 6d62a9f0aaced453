/** `--format json`, an array of objects, and `--format ndjson`, an object a line. */
import type { Rows, RowValues, RowWriter } from './answer.js';
import { jsonOf, jsonText } from './json-value.js';
import { uniqueNames } from './unique-names.js';

export const writeJson: RowWriter = async (rows, write) => {
  const object = objectOf(rows);
  let first = true;
  await write('[');
  for await (const batch of rows.batches) {
    if (batch.length === 0) continue;
    await write(`${first ? '' : ','}\n${batch.map((row) => `  ${object(row)}`).join(',\n')}`);
    first = false;
  }
  await write(first ? ']\n' : '\n]\n');
};

export const writeNdjson: RowWriter = async (rows, write) => {
  const object = objectOf(rows);
  for await (const batch of rows.batches) {
    await write(batch.map((row) => `${object(row)}\n`).join(''));
  }
};

/**
 * Objects are put together as text: a JavaScript object would change numbers with
 * many digits, sort keys that are numbers, and lose a key called `__proto__`.
 */
function objectOf({ columns }: Rows): (row: RowValues) => string {
  const names = uniqueNames(columns.map((column) => column.name));
  const fields = columns.map((column, i) => {
    const key = jsonText(names[i] ?? column.name);
    const json = jsonOf(column);
    return (row: RowValues): string => `${key}: ${json(row[i] ?? null)}`;
  });
  return (row) => `{${fields.map((field) => field(row)).join(', ')}}`;
}
