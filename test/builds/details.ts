import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { nodeState } from '../helpers/node-state.js';
import type { Row } from '../../src/engine/engine.js';
import type { BuildDetails } from '../../src/builds/index.js';
import type { FileBuilds } from '../../src/builds/file/file-builds.js';

export const details: BuildDetails = {
  asOf: '2024-12-31',
  codeVersion: 'abc123',
  techstoreVersion: '0.1.0',
  rows: { 'gold.sales': 1 },
  nodes: { 'model.shop.sales': nodeState({ fingerprint: 'f1' }) },
};

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'publish-'));
}

/** Builds a database whose only figure is `figure`, and publishes it. Returns the build's id. */
export async function publishFigure(store: FileBuilds, figure: number): Promise<string> {
  const candidate = await store.openCandidate({ command: 'techstore build' });
  await fill(candidate.engine, figure);
  await store.publish(candidate, details);
  return candidate.id;
}

/** Builds one that fails. */
export async function failFigure(store: FileBuilds, figure: number): Promise<string> {
  const candidate = await store.openCandidate({ command: 'techstore build' });
  await fill(candidate.engine, figure);
  await store.fail(candidate, { ...details, message: 'A test failed.' });
  return candidate.id;
}

export async function fill(
  engine: Awaited<ReturnType<typeof openDuckDB>>,
  figure: number,
): Promise<void> {
  const connection = await engine.connect();
  await connection.run(
    `CREATE SCHEMA gold; CREATE TABLE gold.sales AS SELECT ${figure}::INTEGER AS figure`,
  );
  await connection.release();
}

/** The figure in a database file, as any reader would see it. */
export async function figureIn(path: string): Promise<Row[number]> {
  return (await rowsIn(path, 'SELECT figure FROM shop.gold.sales'))[0]?.[0] ?? null;
}

/** What a query gives in a database file, as any reader would see it. */
export async function rowsIn(path: string, sql: string): Promise<readonly Row[]> {
  const engine = await openDuckDB({ path, catalog: 'shop', readOnly: true });
  try {
    return (await (await engine.connect()).query(sql)).rows;
  } finally {
    await engine.close();
  }
}

/** What another program does to a database file: opens it, writes, and closes it. */
export async function writeInto(path: string, sql: string): Promise<void> {
  const engine = await openDuckDB({ path, catalog: 'shop' });
  try {
    await (await engine.connect()).run(sql);
  } finally {
    await engine.close();
  }
}
