/** The runner over an attempt that is neither a file nor a warehouse's: who may do what, and when. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt, BuildDetails, BuildStore } from '../../src/builds/index.js';
import { relocateTo } from '../../src/builds/schema/relocate.js';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import { build } from '../../src/run/build.js';
import type { BuildOutcome, BuildRequest } from '../../src/run/build-request.js';
import { SmallProject } from '../helpers/small-project.js';

const files = {
  'models/orders.sql':
    "{{ config(materialized='table') }}\nselect 1 as id, 'none' as reason, 'orders' as source_table\n",
  'models/totals.sql':
    "{{ config(materialized='table') }}\nselect count(*) as n from {{ ref('orders') }}\n",
  'models/models.yml': `
models:
  - name: orders
    config: {meta: {techstore: {rejected_rows: {table: source_table, reason: reason}}}}
    columns: [{name: id, data_tests: [not_null]}]
`,
};

let project: SmallProject;
let engine: DuckDBEngine;
let calls: string[];
let told: string[];
let ended: BuildDetails | undefined;

beforeEach(async () => {
  project = new SmallProject(files);
  engine = await openDuckDB({ path: null, catalog: 'shop' });
  calls = [];
  told = [];
  ended = undefined;
});
afterEach(async () => {
  await engine.close();
  project.remove();
});

/** Every relation is made in the schema `attempt`, as a warehouse makes it. */
function attemptOf(more: Partial<Attempt> = {}): Attempt {
  return {
    base: null,
    prior: {},
    resumes: false,
    limited: undefined,
    sourcesExist: false,
    mayWrite: true,
    notes: [],
    schemas: [],
    start: async () => {
      calls.push('start');
      return engine;
    },
    placed: (manifest) =>
      relocateTo(manifest, (node) => ({ schema: 'attempt', alias: node.alias })),
    takeOver: async () => {
      calls.push('take over');
      return null;
    },
    clone: async () => undefined,
    defer: async () => new Map(),
    settle: async () => {
      calls.push('settle');
      return [];
    },
    publish: async (details) => {
      calls.push('publish');
      ended = details;
      return { id: 'b1', warnings: ['one thing is left to do'] };
    },
    keep: async (details, state) => {
      calls.push(`keep as ${state}`);
      ended = details;
      return null;
    },
    abandon: async () => void calls.push('abandon'),
    interrupt: () => engine.interruptAll(),
    ...more,
  };
}

function run(
  attempt: Attempt,
  more: Partial<BuildRequest> & { readonly loadsFiles?: boolean } = {},
): Promise<BuildOutcome> {
  const { loadsFiles = true, ...request } = more;
  const loaded = project.load();
  const store = { loadsFiles, attempt: async () => attempt } as unknown as BuildStore;
  return build({
    command: 'build',
    commandLine: 'techstore build',
    manifest: loaded.manifest,
    compiler: loaded.compiler,
    selected: new Set(loaded.manifest.nodes.keys()),
    store,
    files: null,
    threads: 2,
    fullRefresh: false,
    failFast: false,
    resume: false,
    execute: {
      targetDir: loaded.targetDir,
      projectName: 'shop',
      storeAll: false,
      mayWrite: true,
    },
    wait: {},
    asOf: null,
    version: '1',
    lineage: { edges: [] },
    hooks: { start: [], end: [] },
    listener: {
      started: () => undefined,
      nodeStarted: () => undefined,
      nodeFinished: () => undefined,
      note: (text) => void told.push(text),
      warn: (text) => void told.push(text),
    },
    signal: new AbortController().signal,
    ...request,
  });
}

async function tablesIn(schema: string): Promise<readonly string[]> {
  const connection = await engine.connect();
  const relations = await connection.listRelations({ database: 'shop', schema });
  await connection.release();
  return relations.map(({ name }) => name);
}

describe('A build', () => {
  it('that passes is made where the attempt says, and published with what became of each node', async () => {
    const outcome = await run(attemptOf({ notes: ['Set right'] }));
    expect(calls).toEqual(['start', 'take over', 'publish']);
    expect(await tablesIn('attempt')).toEqual(['orders', 'totals']);
    expect(await tablesIn('dev')).toEqual([]);
    expect(outcome).toMatchObject({ ok: true, publishedId: 'b1', keptId: null });
    expect(outcome.rejected).toEqual([['orders', 'none', 1]]);
    expect(outcome.warnings).toEqual(['one thing is left to do']);
    expect(told).toEqual(['Set right']);
    // Where readers will find it, and not where it was made.
    expect(ended).toMatchObject({ kind: 'build', message: null, lineage: { edges: [] } });
    expect(ended?.nodes['model.shop.totals']).toMatchObject({
      status: 'success',
      rows: 1,
      relationType: 'table',
      relation: { schema: 'dev', identifier: 'totals' },
    });
  });

  it('that fails is kept, and still says which rows were set aside', async () => {
    project.write({
      'models/totals.sql':
        "select 1 / 'x' from {{ ref('orders') }}\n{{ config(materialized='table') }}",
    });
    const outcome = await run(attemptOf());
    expect(calls).toEqual(['start', 'take over', 'keep as failed']);
    expect(outcome).toMatchObject({ ok: false, publishedId: null, keptId: null });
    expect(outcome.rejected).toEqual([['orders', 'none', 1]]);
    expect(ended?.message).not.toBeNull();
  });

  it('of `run` is kept as one that others go on in', async () => {
    await run(attemptOf(), { command: 'run' });
    expect(calls).toEqual(['start', 'take over', 'keep as working']);
    expect(ended?.kind).toBe('run');
  });

  it('with nothing selected begins nothing', async () => {
    const outcome = await run(attemptOf(), { selected: new Set() });
    expect(calls).toEqual(['abandon']);
    expect(outcome).toMatchObject({ ok: true, upToDate: true, results: [] });
  });

  it('in which nothing changed is settled without a database', async () => {
    await run(attemptOf());
    const prior = ended?.nodes ?? {};
    calls = [];
    const outcome = await run(attemptOf({ prior }));
    expect(calls).toEqual(['settle']);
    expect(outcome.upToDate).toBe(true);
    expect(outcome.results.every(({ carriedOver }) => carriedOver)).toBe(true);
  });

  it('that can take nothing over makes everything, and says so', async () => {
    await run(attemptOf());
    const prior = ended?.nodes ?? {};
    project.write({ 'models/totals.sql': "{{ config(materialized='table') }}\nselect 2 as n\n" });
    const taken: unknown[] = [];
    const outcome = await run(
      attemptOf({
        prior,
        takeOver: async (relations) => {
          taken.push(...relations);
          return 'The earlier build is gone.';
        },
      }),
    );
    expect(taken).toEqual([{ schema: 'dev', identifier: 'orders' }]);
    expect(told).toContainEqual(expect.stringContaining('The earlier build is gone.'));
    expect(outcome.results.some(({ carriedOver }) => carriedOver)).toBe(false);
  });

  it('whose publishing fails is abandoned, with the error of that', async () => {
    const publish = () => Promise.reject(new Error('no room'));
    await expect(run(attemptOf({ publish }))).rejects.toThrow('no room');
    expect(calls).toEqual(['start', 'take over', 'abandon']);
  });

  it('that Ctrl-C stops is abandoned and nothing of it is kept', async () => {
    const controller = new AbortController();
    const attempt = attemptOf({
      takeOver: async () => {
        controller.abort();
        return null;
      },
    });
    await expect(run(attempt, { signal: controller.signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(calls).toEqual(['start', 'abandon']);
  });
});

describe('Tests of what is published', () => {
  it('write no failing rows where the attempt may not write', async () => {
    const connection = await engine.connect();
    await connection.run(
      "create schema attempt; create table attempt.orders as select null as id, 'none' as reason, 'orders' as source_table; create table attempt.totals as select 1 as n",
    );
    await connection.release();
    await run(attemptOf());
    const prior = ended?.nodes ?? {};
    const again = await engine.connect();
    await again.run('update attempt.orders set id = null');
    await again.release();
    calls = [];
    const outcome = await run(attemptOf({ mayWrite: false, prior }), { command: 'test' });
    expect(outcome.ok).toBe(false);
    expect(outcome.results.map(({ failuresRelation }) => failuresRelation)).toEqual([null]);
    expect(await tablesIn('attempt')).toEqual(['orders', 'totals']);
    expect(calls).toEqual(['start', 'take over', 'keep as failed']);
  });
});

it('Files of sources are refused before anything begins where sources are tables of the catalog', async () => {
  const sources = {
    dir: '.',
    fingerprints: new Map<string, string>(),
    paths: new Map<string, string>(),
    warnings: [],
  };
  await expect(run(attemptOf(), { files: sources, loadsFiles: false })).rejects.toMatchObject({
    code: 'unsupported',
  });
  expect(calls).toEqual([]);
});
