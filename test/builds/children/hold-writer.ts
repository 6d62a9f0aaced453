// hold-writer.js PATH [SQL]: another program that has the file open for writing, with a log beside it, until stdin ends.
import { openDuckDB } from '../../../src/engine/duckdb/index.js';

const engine = await openDuckDB({ path: process.argv[2] ?? '' });
const connection = await engine.connect();
await connection.run('CREATE TABLE notes AS SELECT 42 AS note');
await connection.run(process.argv[3] ?? '');
process.stdin.on('end', () => void engine.close()).resume();
console.log('writing');
