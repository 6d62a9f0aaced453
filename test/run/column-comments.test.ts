import { expect, test } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import type { ModelNode } from '../../src/manifest/nodes.js';
import { commentColumns } from '../../src/run/column-comments.js';
import type { NodeRun } from '../../src/run/node-run.js';

async function commented(described: readonly string[], sqlOf = comment): Promise<unknown> {
  const engine = await openDuckDB({ path: null, threads: 1 });
  const connection = await engine.connect();
  const told: string[] = [];
  try {
    await connection.run('create table t (id int, "Big Name" int)');
    const node = {
      name: 't',
      database: 'memory',
      schema: 'main',
      alias: 't',
      originalFilePath: 'models/t.sql',
      patchPath: 'models/s.yml',
      columns: Object.fromEntries(described.map((name) => [name, { name, description: name }])),
    } as unknown as ModelNode;
    const session = { log: { warn: (text: string) => told.push(text) } };
    await commentColumns(
      node,
      { connection, compiler: { session } } as unknown as NodeRun,
      (columns) => columns.map(({ name }) => sqlOf(name)).join(';'),
    );
    const sql = "select column_name, comment from duckdb_columns() where table_name = 't'";
    return { told, comments: (await connection.query(sql)).rows };
  } finally {
    await engine.close();
  }
}

function comment(name: string): string {
  return `comment on column t."${name}" is 'about ${name}'`;
}

test('a documented column that is gone is a warning, and the others get their comments', async () => {
  expect(await commented(['gone', 'ID', 'big name', 'lost'])).toEqual({
    told: ["models/s.yml: the file describes columns that t does not have: 'gone', 'lost'"],
    comments: [
      ['id', 'about ID'],
      ['Big Name', 'about big name'],
    ],
  });
});

test('columns that are all there are no reason for a word, and another fault stays one', async () => {
  expect(await commented(['id'])).toMatchObject({ told: [] });
  await expect(commented(['id'], () => 'comment on nothing')).rejects.toThrow(/syntax error/i);
});
