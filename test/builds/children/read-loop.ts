// read-loop.js PATH: opens the file, read only, again and again until stdin ends; prints "error …" at once, "reads N" at the end.
import { openDuckDB } from '../../../src/engine/duckdb/index.js';

const path = process.argv[2] ?? '';
let running = true;
process.stdin.on('end', () => (running = false)).resume();
console.log('ready');
let reads = 0;
let last = 0;
while (running) {
  try {
    const engine = await openDuckDB({ path, catalog: 'shop', readOnly: true, threads: 1 });
    const connection = await engine.connect();
    const { rows } = await connection.query(
      `SELECT min(s), max(s), count(*) FROM (
         SELECT figure AS s FROM gold.sales UNION ALL SELECT figure FROM gold.orders)`,
    );
    const [least, most] = [Number(rows[0]?.[0]), Number(rows[0]?.[1])];
    if (least !== most) console.log(`error mixed ${least} ${most}`);
    if (most < last) console.log(`error went back from ${last} to ${most}`);
    last = most;
    reads += 1;
    await engine.close();
  } catch (error) {
    console.log(`error ${String(error)}`);
  }
}
console.log(`reads ${reads} last ${last}`);
