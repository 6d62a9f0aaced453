/** Differences as JSON: values as everywhere, numbers as numbers and exact. */
import type { SampleRows, TableChange } from '../../diff/table-change.js';
import type { ColumnInfo, Row, Value } from '../../engine/engine.js';
import { jsonOf, jsonText } from '../../format/rows/json-value.js';
import type { Build } from '../../builds/index.js';
import type { TwoBuilds } from './two-builds.js';

export function diffJson(builds: TwoBuilds, changes: readonly TableChange[]): string {
  const tables = changes.map((change) => `    ${tableJson(change)}`).join(',\n');
  return `{\n  "from": ${buildJson(builds.from)},\n  "to": ${buildJson(builds.to)},\n  "tables": [${tables === '' ? '' : `\n${tables}\n  `}]\n}\n`;
}

function buildJson({ id, record, published }: Build): string {
  return JSON.stringify({
    build: id,
    as_of: record.asOf,
    finished_at: record.finishedAt,
    code: record.codeVersion,
    published,
  });
}

function tableJson(change: TableChange): string {
  const plain = {
    table: change.table,
    status: change.status,
    key: change.key,
    note: change.note,
    rows: change.rows,
    columns: {
      added: change.columns.added.map(({ name, type }) => ({ name, type })),
      removed: change.columns.removed.map(({ name, type }) => ({ name, type })),
      changed: change.columns.changed,
    },
    changed_columns: change.changedColumns,
  };
  // The samples are put together as text: a number of many digits would not survive as a JavaScript number.
  return `${jsonText(plain as unknown as Value).slice(0, -1)},"samples":${samplesJson(change)}}`;
}

function samplesJson({ samples }: TableChange): string {
  const { changed } = samples;
  const rows = changed.rows.map((row) => {
    const key = object(changed.key, row);
    const columns = changed.from.flatMap((before, i) => {
      const after = changed.to[i] ?? before;
      const at = changed.key.length + i;
      const [old, now] = [json(before, row[at]), json(after, row[at + changed.from.length])];
      return old === now ? [] : [`${jsonText(after.name)}:{"from":${old},"to":${now}}`];
    });
    return `{"key":${key},"columns":{${columns.join(',')}}}`;
  });
  return `{"added":${sampleJson(samples.added)},"removed":${sampleJson(samples.removed)},"changed":[${rows.join(',')}]}`;
}

function sampleJson({ columns, rows }: SampleRows): string {
  return `[${rows.map((row) => object(columns, row)).join(',')}]`;
}

function object(columns: readonly ColumnInfo[], row: Row): string {
  return `{${columns.map((column, i) => `${jsonText(column.name)}:${json(column, row[i])}`).join(',')}}`;
}

function json(column: ColumnInfo, value: Value | undefined): string {
  return jsonOf(column)(value ?? null);
}
