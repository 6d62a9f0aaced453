/** What it costs that the published file is one of its own: copy, reflink, hard link; and tables of others in it. */
import { constants, linkSync, mkdtempSync, rmSync, statSync, statfsSync } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDB } from '../dist/engine/duckdb/index.js';
import { BuildStore } from '../dist/builds/index.js';
import { inTurns, report } from './measure.mjs';

/** Random numbers, which DuckDB can't make smaller: 8 bytes each. */
const million = 'SELECT hash(range) AS n FROM range(1000000)';
const megabytes = Number(process.argv[2] ?? 256);
const table = `SELECT hash(range) AS n FROM range(${megabytes * 131072})`;
const dir = mkdtempSync(join(tmpdir(), 'bench-publish-'));
const path = join(dir, 'shop.duckdb');
const kept = join(dir, 'kept.duckdb');
const copy = join(dir, 'copy.duckdb');

async function write(file, sql) {
  const engine = await openDuckDB({ path: file, catalog: 'shop' });
  await (await engine.connect()).run(sql);
  await engine.close();
}

async function seconds(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** On the disk, as a publish needs it. @returns seconds */
function made(work) {
  rmSync(copy, { force: true });
  return seconds(async () => {
    await work();
    const file = await open(copy, 'r+');
    await file.sync();
    await file.close();
  });
}

async function publish(store, sql) {
  const candidate = await store.openCandidate({ command: 'bench' });
  const connection = await candidate.engine.connect();
  await connection.run(`CREATE SCHEMA gold; CREATE TABLE gold.sales AS ${sql}`);
  await connection.release();
  const details = { asOf: null, codeVersion: null, techstoreVersion: '0', rows: {}, nodes: {} };
  return seconds(() => store.publish(candidate, details));
}

try {
  await write(kept, `CREATE TABLE sales AS ${table}`);
  const size = Math.round(statSync(kept).size / 2 ** 20);
  const ways = {
    'hard link': () => made(() => linkSync(kept, copy)),
    copy: () => made(() => copyFile(kept, copy)),
  };
  try {
    await copyFile(kept, copy, constants.COPYFILE_FICLONE_FORCE);
    ways.reflink = () => made(() => copyFile(kept, copy, constants.COPYFILE_FICLONE_FORCE));
  } catch {
    console.log(
      `\nThis file system (type 0x${statfsSync(dir).type.toString(16)}) has no reflinks.`,
    );
  }
  report(`A file of ${size} MB`, await inTurns(5, ways), 'copy', 'hard link', 'no goal');

  const store = new BuildStore({ path, keep: 2 });
  await publish(store, million);
  const own = await inTurns(5, { 'nothing of others': () => publish(store, million) });
  await write(path, `CREATE SCHEMA raw; CREATE TABLE raw.orders AS ${table}`);
  await publish(store, million);
  const foreign = await inTurns(5, {
    [`${megabytes} MB of others`]: () => publish(store, million),
    'a copy of the file': () => made(() => copyFile(path, copy)),
  });
  report(
    'A publish of a build of 8 MB',
    { ...own, ...foreign },
    `${megabytes} MB of others`,
    'a copy of the file',
    'goal: not much more than the copy',
  );
} finally {
  rmSync(dir, { recursive: true, force: true });
}
