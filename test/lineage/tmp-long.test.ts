import { test } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { parserOn } from '../../src/lineage/columns/parser.js';
import { traceQuery } from '../../src/lineage/columns/trace-query.js';
import { randomQuery } from './random-queries.js';
import { makeTaggedTables, tagsIn } from './tagged-tables.js';
test('long', async () => {
  const engine = await openDuckDB({ path: null, threads: 1 });
  const connection = await engine.connect();
  const tables = await makeTaggedTables(connection);
  const parser = parserOn(connection, 'duckdb');
  let seed = Number(process.env['SEED'] ?? 1);
  const N = Number(process.env['N'] ?? 2000);
  const T = [0, 0, 0];
  let ran = 0,
    columns = 0,
    unknown = 0,
    refused = 0;
  const errs: Record<string, number> = {};
  const wrong: string[] = [];
  const unk: string[] = [];
  for (let n = 0; n < N; n++) {
    let a = (seed++ * 2654435761) >>> 0;
    const rnd = () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    let t0 = performance.now();
    const sql = randomQuery((of) => Math.floor(rnd() * of));
    T[0]! += performance.now() - t0;
    t0 = performance.now();
    let result;
    try {
      result = await connection.query(sql);
    } catch (e) {
      refused++;
      const m = String((e as Error).message)
        .split('\n')[0]!
        .slice(0, 90);
      errs[m.replace(/"[^"]*"/g, 'X')] = (errs[m.replace(/"[^"]*"/g, 'X')] ?? 0) + 1;
      continue;
    }
    T[1]! += performance.now() - t0;
    t0 = performance.now();
    const { columns: cs } = await traceQuery(
      parser,
      sql,
      tables,
      result.columns.map((c) => c.name),
    );
    T[2]! += performance.now() - t0;
    ran++;
    let u = false;
    cs.forEach(({ name, sources }, i) => {
      columns++;
      const data = [...new Set(result.rows.flatMap((r) => tagsIn(r[i])))].sort().join(' ');
      if (sources === null) {
        unknown++;
        u = true;
        return;
      }
      const l = sources
        .map((s) => `${s.table}.${s.column}`)
        .sort()
        .join(' ');
      if (l !== data) wrong.push(`${sql}\n    ${name} data: ${data} | lineage: ${l}`);
    });
    if (u) unk.push(sql);
  }
  wrong.sort((x, y) => x.length - y.length);
  unk.sort((x, y) => x.length - y.length);
  console.log(
    { ran, refused, columns, unknown, T },
    Object.entries(errs)
      .sort((x, y) => y[1] - x[1])
      .slice(0, 14),
  );
  console.log('WRONG', wrong.length, '\n' + wrong.slice(0, 12).join('\n'));
  console.log('UNKNOWN', unk.length, '\n' + unk.slice(0, 12).join('\n'));
  await engine.close();
}, 600_000);
