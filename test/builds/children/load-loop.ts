// load-loop.js PATH: a loader that opens the file, adds the next number and closes it, until stdin ends; prints "loaded COUNT".
import { openDuckDB } from '../../../src/engine/duckdb/index.js';

const path = process.argv[2] ?? '';
let running = true;
process.stdin.on('end', () => (running = false)).resume();
let count = 0;
console.log('ready');
while (running) {
  try {
    const engine = await openDuckDB({ path, catalog: 'shop' });
    const connection = await engine.connect();
    await connection.run(
      'CREATE SCHEMA IF NOT EXISTS raw; CREATE TABLE IF NOT EXISTS raw.loaded (n INTEGER)',
    );
    await connection.run(`INSERT INTO raw.loaded VALUES (${count})`);
    count += 1;
    await engine.close();
  } catch {
    // A build or a reader has it open for an instant.
  }
  await new Promise((resolve) => setTimeout(resolve, 150));
}
console.log(`loaded ${count}`);
