/** Builds of a warehouse as the server takes them, from a store that answers at once or never. */
import { expect, it } from 'vitest';
import type { Connection, Engine } from '../../src/engine/engine.js';
import type { SchemaBuild } from '../../src/builds/schema/build-row.js';
import type { SchemaBuilds } from '../../src/builds/schema/schema-builds.js';
import { FollowedSchema } from '../../src/builds/schema/followed-schema.js';
import { BuildReader } from '../../src/server/store/build-reader.js';
import { ServedBuilds } from '../../src/server/store/served-builds.js';

function kept(id: string, more: Partial<SchemaBuild> = {}): SchemaBuild {
  return {
    id,
    schema: `shop__b${id}`,
    names: [],
    published: false,
    bytes: null,
    modified: false,
    record: {
      id,
      command: 'techstore build',
      state: 'published',
      startedAt: '2026-11-25T00:00:00.000Z',
      finishedAt: '2026-11-25T00:01:00.000Z',
      publishedAt: '2026-11-25T00:02:00.000Z',
      rolledBackAt: null,
      asOf: '2026-11-24',
      codeVersion: null,
      techstoreVersion: '0.1.0',
      rows: {},
      nodes: {},
      message: null,
    },
    ...more,
  };
}

const limits = { connections: 2, queue: 1, timeLimit: 10_000 };

function sourceOf(builds: Partial<Record<keyof SchemaBuilds, unknown>>) {
  const released: number[] = [];
  let opened = 0;
  const connect = async () => {
    opened += 1;
    const number = opened;
    return {
      query: async (sql: string) => ({ columns: [], rows: [[sql]] }),
      release: async () => void released.push(number),
    } as unknown as Connection;
  };
  const engine = { type: 'databricks', database: 'workspace', connect } as unknown as Engine;
  const source = new FollowedSchema(engine, {
    release: async () => undefined,
    ...builds,
  } as unknown as SchemaBuilds);
  return { source, released };
}

it('knows what is published, and that a rollback publishes it anew', async () => {
  let list: readonly SchemaBuild[] | null = null;
  const { source } = sourceOf({ list: async () => list });
  expect(await source.mark()).toBeNull();
  list = [kept('b', { published: true }), kept('a')];
  const mark = await source.mark();
  expect((await source.published(mark ?? '')).id).toBe('b');
  const [b] = list as [SchemaBuild];
  list = [{ ...b, record: { ...b.record, publishedAt: '2026-11-25T09:00:00.000Z' } }];
  expect(await source.mark()).not.toBe(mark);
});

it('reads a build in its own schema, and gives the connections back when it is closed', async () => {
  const { source, released } = sourceOf({ list: async () => [kept('b', { published: true })] });
  const published = await source.published((await source.mark()) ?? '');
  const build = await BuildReader.open(published, limits);
  expect(build.tables).toEqual({ engine: 'databricks', database: 'workspace', schema: 'shop__bb' });
  expect(build.facts).toEqual({
    id: 'b',
    asOf: '2026-11-24',
    publishedAt: '2026-11-25T00:02:00.000Z',
  });
  await Promise.all([build.query('select 1'), build.query('select 2')]);
  await build.close();
  expect(released).toEqual([1, 2]);
});

it('offers builds that are kept, and none that failed', async () => {
  const failed = kept('f');
  const { source } = sourceOf({
    list: async () => [{ ...failed, record: { ...failed.record, state: 'failed' } }, kept('a')],
  });
  await source.mark();
  expect((await source.earlier('a'))?.id).toBe('a');
  expect(await source.earlier('f')).toBeNull();
  expect(await source.earlier('never')).toBeNull();
});

it('asks the store one thing at a time', async () => {
  let running = 0;
  let most = 0;
  const slowly = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((done) => setTimeout(done, 5));
    running -= 1;
    return null;
  };
  const { source } = sourceOf({ list: slowly, lineage: slowly });
  await Promise.all([source.mark(), source.lineage('a'), source.mark(), source.lineage('b')]);
  expect(most).toBe(1);
});

it('answers 503 where the lineage does not come in time', async () => {
  const { source } = sourceOf({
    list: async () => [],
    lineage: () => new Promise(() => undefined),
  });
  const store = await ServedBuilds.start({ source, limits: { ...limits, timeLimit: 20 } });
  await expect(store.lineage('a')).rejects.toMatchObject({ statusCode: 503 });
  await store.close();
});
