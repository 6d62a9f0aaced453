/** A published shop of a few rows, and servers of it that are asked in memory. */
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Connection } from '../../src/engine/engine.js';
import type { FollowOptions } from '../../src/builds/index.js';
import { FileStore } from '../../src/builds/file/file-store.js';
import { createServer, type Server } from '../../src/server/app.js';
import type { ServerOptions } from '../../src/server/options.js';
import type { PoolLimits } from '../../src/server/store/connection-pool.js';
import { ServedBuilds, type ServedBuildsOptions } from '../../src/server/store/served-builds.js';
import type { RecordedFreshness } from '../../src/manifest/freshness.js';
import { nodeState } from '../helpers/node-state.js';
import { asOf, makeTables } from '../metrics/small-shop.js';

const node = (type: string, name: string, layer = type) => ({
  unique_id: `${type}.shop.${name}`,
  name,
  resource_type: type,
  layer,
  tags: [],
  materialized: type === 'model' ? 'table' : null,
  description: '',
  path: `${type}s/${name}.sql`,
});

/** A chain of four tables, a table beside it, a test of two tables, and a report. */
export const smallLineage = {
  nodes: [
    node('seed', 'sales'),
    node('source', 'raw.sales'),
    node('model', 'clean', 'silver'),
    node('model', 'sales', 'gold'),
    node('model', 'apart', 'gold'),
    node('test', 'same_total'),
    node('exposure', 'report'),
  ],
  edges: [
    ['seed.shop.sales', 'source.shop.raw.sales'],
    ['source.shop.raw.sales', 'model.shop.clean'],
    ['model.shop.clean', 'model.shop.sales'],
    ['model.shop.clean', 'test.shop.same_total'],
    ['model.shop.sales', 'test.shop.same_total'],
    ['model.shop.sales', 'exposure.shop.report'],
  ].map(([from, to]) => ({ from, to, direct: true })),
};

export class PublishedShop {
  readonly dir = mkdtempSync(join(tmpdir(), 'techstore-server-'));
  private readonly path = join(this.dir, 'shop.duckdb');
  private readonly files = new FileStore(
    {
      type: 'duckdb',
      path: this.path,
      pathAsWritten: this.path,
      database: 'shop',
      schema: 'main',
      settings: {},
      extensions: [],
    },
    { onNotice: () => undefined },
  );
  readonly builds = this.files.builds;
  private readonly open: { close(): Promise<unknown> }[] = [];

  /** Builds the tables, with what `change` does to them, and publishes them. Returns the build's id. */
  async publish(
    change?: string | ((connection: Connection) => Promise<void>),
    lineage: object | null = smallLineage,
    freshness: readonly RecordedFreshness[] = [],
  ): Promise<string> {
    const candidate = await this.builds.openCandidate({ command: 'techstore build' });
    const connection = await candidate.engine.connect();
    await makeTables(connection);
    if (typeof change === 'string') await connection.run(change);
    else await change?.(connection);
    await connection.release();
    const { build } = await this.builds.publish(candidate, {
      asOf,
      codeVersion: 'abc123',
      techstoreVersion: '0.1.0',
      rows: { 'main.gold_customer_analytics': 5, 'main.gold_sales_metrics': 5 },
      nodes: {
        'model.shop.gold_sales_metrics': nodeState({ status: 'success' }),
        'test.shop.not_null_a.1': nodeState({ status: 'pass' }),
        'test.shop.not_null_b.2': nodeState({ status: 'warn' }),
      },
      ...(lineage === null ? {} : { lineage }),
      freshness,
    });
    return build.id;
  }

  /** A file is open once in a process: what was opened before is closed. */
  async store(
    options: Partial<FollowOptions & PoolLimits & ServedBuildsOptions> = {},
  ): Promise<ServedBuilds> {
    await this.close();
    const { threads = 1, connections = 3, queue = 100, timeLimit = 10_000, ...served } = options;
    const store = await ServedBuilds.start({
      source: await this.files.follow({ threads }),
      limits: { connections, queue, timeLimit },
      pollEvery: 20,
      ...served,
    });
    this.open.push(store);
    return store;
  }

  async server(options: Partial<ServerOptions> = {}): Promise<Server & { store: ServedBuilds }> {
    const store = options.store ?? (await this.store());
    const server = await createServer({
      store,
      target: 'dev',
      version: '0.1.0',
      keys: null,
      masksEmails: false,
      rateLimit: 0,
      // How busy the machine is that runs the tests is no matter of theirs.
      maxEventLoopDelay: 0,
      ...options,
    });
    this.open.unshift(server.app);
    return { ...server, store };
  }

  async close(): Promise<void> {
    for (const one of this.open.splice(0)) await one.close();
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export async function get(
  { app }: Pick<Server, 'app'>,
  url: string,
  more: InjectOptions = {},
): Promise<LightMyRequestResponse> {
  return app.inject({ method: 'GET', url, ...more });
}

const databaseWords = /duckdb|databricks|\bselect\b|\bcatalog\b|\bbinder\b|kysely|zod|fastify/i;

/** The one shape of every error, and nothing in it that only the machine may know. */
export function expectProblem(
  answer: {
    readonly statusCode: number;
    readonly headers: Record<string, unknown>;
    readonly body: string;
  },
  status: number,
  { names = [] }: { readonly names?: readonly string[] } = {},
): Record<string, unknown> {
  expect(answer.statusCode, answer.body).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['etag']).toBeUndefined();
  const problem = JSON.parse(answer.body) as Record<string, unknown>;
  expect(Object.keys(problem)).toEqual(['title', 'status', 'detail', 'errors']);
  expect(problem['status']).toBe(status);
  expect(problem['title']).toEqual(expect.stringMatching(/^[A-Z]/));
  expect(problem['detail']).toEqual(expect.stringMatching(/^[A-Za-z].*\.$/));
  for (const error of problem['errors'] as Record<string, unknown>[]) {
    expect(Object.keys(error)).toEqual(['location', 'name', 'message']);
    expect(error['message']).toEqual(expect.stringMatching(/^[A-Z].*\.$/));
  }
  expect((problem['errors'] as { name: string }[]).map(({ name }) => name)).toEqual(names);
  expect(answer.body).not.toMatch(databaseWords);
  expect(answer.body).not.toMatch(/\bat .*:\d+:\d+|node_modules|\/tmp\/|\.duckdb|0\.1\.0/);
  return problem;
}
