/** `--format json`, an array of objects, and `--format ndjson`, an object a line. */
import type { Rows, RowValues, RowWriter } from './answer.js';
import { jsonText, jsonValue } from './json-value.js';
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
  const keys = uniqueNames(columns.map((column) => column.name)).map(jsonText);
  return (row) =>
    `{${columns.map((column, i) => `${keys[i]}: ${jsonValue(row[i] ?? null, column)}`).join(', ')}}`;
}
