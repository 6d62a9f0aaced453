import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { load } from '../../src/cli/load.js';
import { silentLogger } from '../../src/dbt/logger.js';
import type { NodeState, NodeStates } from '../../src/manifest/node-state.js';
import { plan, type Command, type Plan } from '../../src/run/plan.js';

const files: Record<string, string> = {
  'dbt_project.yml': 'name: shop\nprofile: shop\nvars: {rate: 1}\n',
  'profiles.yml': 'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}\n',
  'seeds/raw.csv': 'id\n1\n',
  'models/a.sql': "select id * {{ var('rate') }} as id from {{ ref('raw') }}\n",
  'models/b.sql': "select id from {{ ref('a') }}\n",
  'models/side.sql': "select id from {{ ref('raw') }}\n",
  'models/models.yml': `
models:
  - name: a
    columns: [{name: id, data_tests: [not_null]}]
unit_tests:
  - name: a_is_the_rate_times_the_id
    model: a
    given: [{input: ref('raw'), rows: [{id: 2}]}]
    expect: {rows: [{id: 2}]}
`,
};

describe('plan', () => {
  let dir: string | undefined;

  afterEach(() => {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  });

  function write(changes: Record<string, string>): void {
    dir ??= mkdtempSync(join(tmpdir(), 'techstore-plan-'));
    for (const [file, text] of Object.entries(changes)) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    }
  }

  async function planOf(
    prior: NodeStates,
    options: { command?: Command; only?: string[]; fullRefresh?: boolean; vars?: string } = {},
  ): Promise<Plan> {
    const project = load(
      'build',
      { projectDir: dir ?? '', ...(options.vars === undefined ? {} : { vars: options.vars }) },
      silentLogger,
    );
    const ids = [...project.manifest.nodes.values()]
      .filter((node) => options.only === undefined || options.only.includes(node.name))
      .map((node) => node.uniqueId);
    return plan({
      command: options.command ?? 'build',
      manifest: project.manifest,
      compiler: project.compiler,
      selected: new Set(ids),
      files: null,
      prior,
      fullRefresh: options.fullRefresh ?? false,
      version: '1',
    });
  }

  /** What a build that ran this plan without a failure would remember. */
  function statesAfter(planned: Plan, prior: NodeStates = {}): NodeStates {
    const states: Record<string, NodeState> = { ...prior };
    for (const node of planned.run) {
      const isTable = node.resourceType === 'model' || node.resourceType === 'seed';
      states[node.uniqueId] = {
        fingerprint: planned.fingerprints.get(node.uniqueId) ?? null,
        status: isTable ? 'success' : 'pass',
        rows: 1,
        failures: null,
        message: null,
        relationType: isTable ? 'table' : null,
        relation: isTable ? { schema: 'main', identifier: node.name } : null,
        failuresRelation: null,
        sample: null,
        executionTime: 0,
      };
    }
    return states;
  }

  const names = (planned: Plan): string[] => planned.run.map((node) => node.name).sort();

  it('runs everything the first time, and nothing the second', async () => {
    write(files);
    const first = await planOf({});
    expect(names(first)).toEqual([
      'a',
      'a_is_the_rate_times_the_id',
      'b',
      'not_null_a_id',
      'raw',
      'side',
    ]);
    const second = await planOf(statesAfter(first));
    expect(names(second)).toEqual([]);
    expect(second.nothingToDo).toBe(true);
    expect([...second.carry.keys()].sort()).toEqual([
      'model.shop.a',
      'model.shop.b',
      'model.shop.side',
      'seed.shop.raw',
    ]);
  });

  it('runs a changed model, its unit test, its tests and what reads it, and carries the rest over', async () => {
    write(files);
    const states = statesAfter(await planOf({}));
    write({
      'models/a.sql': "select id * {{ var('rate') }} as id from {{ ref('raw') }} where true\n",
    });
    const planned = await planOf(states);
    expect(names(planned)).toEqual(['a', 'a_is_the_rate_times_the_id', 'b', 'not_null_a_id']);
    expect([...planned.carry.keys()].sort()).toEqual(['model.shop.side', 'seed.shop.raw']);
  });

  it('runs again what a variable changes', async () => {
    write(files);
    const states = statesAfter(await planOf({}));
    expect(names(await planOf(states, { vars: '{rate: 2}' }))).toEqual([
      'a',
      'a_is_the_rate_times_the_id',
      'b',
      'not_null_a_id',
    ]);
  });

  it('runs everything again when the seed changed', async () => {
    write(files);
    const states = statesAfter(await planOf({}));
    write({ 'seeds/raw.csv': 'id\n1\n2\n' });
    expect(names(await planOf(states))).toEqual([
      'a',
      'a_is_the_rate_times_the_id',
      'b',
      'not_null_a_id',
      'raw',
      'side',
    ]);
  });

  it('never takes over what failed', async () => {
    write(files);
    const states = statesAfter(await planOf({}));
    const [test] = Object.keys(states).filter((id) => id.startsWith('test.'));
    const failed = {
      ...states,
      [test ?? '']: { ...states[test ?? ''], status: 'fail' } as NodeState,
    };
    expect(names(await planOf(failed))).toEqual(['not_null_a_id']);
  });

  it('always runs SQL that asks the database, and what reads it', async () => {
    write({
      ...files,
      'models/a.sql': "{% set r = run_query('select 1') %}select 1 as id from {{ ref('raw') }}\n",
    });
    const states = statesAfter(await planOf({}));
    expect(names(await planOf(states))).toContain('b');
    expect(names(await planOf(states))).toContain('a');
  });

  it('drops the table of a model that is gone', async () => {
    write(files);
    const states = statesAfter(await planOf({}));
    rmSync(join(dir ?? '', 'models/side.sql'));
    const planned = await planOf(states);
    expect(planned.nothingToDo).toBe(false);
    expect([...planned.carry.keys()]).not.toContain('model.shop.side');
  });

  it('names what is not selected and would come out otherwise now', async () => {
    write(files);
    const states = statesAfter(await planOf({}));
    const stale = (planned: Plan): string[] => planned.stale.map((node) => node.name).sort();
    expect(stale(await planOf(states, { only: ['side'] }))).toEqual([]);
    expect(stale(await planOf(states, { only: ['side'], vars: '{rate: 2}' }))).toEqual([
      'a',
      'a_is_the_rate_times_the_id',
      'b',
      'not_null_a_id',
    ]);
    const withTests = ['a', 'b', 'a_is_the_rate_times_the_id', 'not_null_a_id'];
    expect(stale(await planOf(states, { only: withTests, vars: '{rate: 2}' }))).toEqual([]);
  });

  it('refuses to build on what was never built, and says what to select', async () => {
    write(files);
    await expect(planOf({}, { only: ['b'] })).rejects.toMatchObject({
      code: 'selection',
      message: 'b reads a, which is not built',
      hint: 'Build it too: --select +b',
    });
  });

  it('orders the unit test before its model, and the tests of a model before what reads it', async () => {
    write(files);
    const order = (await planOf({})).run.map((node) => node.name);
    expect(order.indexOf('a_is_the_rate_times_the_id')).toBeLessThan(order.indexOf('a'));
    expect(order.indexOf('not_null_a_id')).toBeLessThan(order.indexOf('b'));
  });

  it('runs everything with a full refresh', async () => {
    write(files);
    const states = statesAfter(await planOf({}));
    expect(names(await planOf(states, { fullRefresh: true }))).toHaveLength(6);
  });
});
