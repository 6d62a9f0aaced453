/** A build on a warehouse that goes on in the one that failed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SchemaAttempt } from '../../src/builds/schema/schema-attempt.js';
import { SchemaBuilds } from '../../src/builds/schema/schema-builds.js';
import type { BuildDetails } from '../../src/builds/index.js';
import type { GraphNode, Manifest } from '../../src/manifest/nodes.js';
import { FakeWarehouse } from '../helpers/fake-warehouse.js';
import { nodeState } from '../helpers/node-state.js';
import { SmallProject } from '../helpers/small-project.js';

let warehouse: FakeWarehouse;
let project: SmallProject;
let manifest: Manifest;

beforeEach(() => {
  warehouse = new FakeWarehouse();
  project = new SmallProject({
    'models/a.sql': 'select 1 as x',
    'models/b.sql': "select x from {{ ref('a') }}",
  });
  ({ manifest } = project.load());
});
afterEach(() => project.remove());

const open = (): Promise<SchemaBuilds> =>
  SchemaBuilds.open(warehouse.engine, { database: 'shop', schema: 'dev' });

async function begin(run: readonly string[], more: { readonly resume?: boolean } = {}) {
  const attempt = await SchemaAttempt.begin(warehouse.engine, open, {
    kind: 'build',
    command: 'techstore build',
    ...more,
  });
  const nodes = run.map((name) => manifest.nodes.get(`model.shop.${name}`) as GraphNode);
  await attempt.start({ run: nodes, load: [], carry: [], manifest, threads: 1 });
  const placed = attempt.placed(manifest);
  const placeOf = (name: string): string => {
    const node = placed.nodes.get(`model.shop.${name}`);
    return node?.resourceType === 'model' ? `${node.schema}.${node.alias}` : '';
  };
  return { attempt, schema: attempt.schemas[0]?.schema ?? '', placeOf };
}

/** @param ok models that were made; the others failed */
function details(ok: readonly string[], failed: readonly string[] = []): BuildDetails {
  const made = ok.map((name) => [
    `model.shop.${name}`,
    nodeState({ relationType: 'table', relation: { schema: 'dev', identifier: name } }),
  ]);
  const bad = failed.map((name) => [`model.shop.${name}`, nodeState({ status: 'error' })]);
  return {
    asOf: null,
    codeVersion: null,
    techstoreVersion: '0',
    rows: {},
    nodes: Object.fromEntries([...made, ...bad]) as BuildDetails['nodes'],
  };
}

it('takes what did not fail from the failed build, and publishes all of it', async () => {
  const first = await begin(['a', 'b']);
  await first.attempt.publish(details(['a', 'b']));
  const failing = await begin(['a', 'b']);
  const kept = await failing.attempt.keep(details(['a'], ['b']), 'failed');
  expect(warehouse.views.get('`shop`.`dev`.`a`')).toBe(`\`shop\`.\`${first.schema}\`.\`a\``);

  const retried = await begin(['b'], { resume: true });
  expect(retried.attempt).toMatchObject({ resumes: true, base: { id: kept?.id } });
  expect(Object.keys(retried.attempt.prior)).toEqual(['model.shop.a', 'model.shop.b']);
  expect([retried.placeOf('a'), retried.placeOf('b')]).toEqual([
    `${failing.schema}.a`,
    `${retried.schema}.b`,
  ]);
  const { id } = await retried.attempt.publish(details(['a', 'b']));
  expect(warehouse.views.get('`shop`.`dev`.`a`')).toBe(`\`shop\`.\`${failing.schema}\`.\`a\``);
  expect(warehouse.views.get('`shop`.`dev`.`b`')).toBe(`\`shop\`.\`${retried.schema}\`.\`b\``);
  // Who reads the build finds both names in its schema.
  expect(warehouse.views.get(`\`shop\`.\`${retried.schema}\`.\`a\``)).toBe(
    `\`shop\`.\`${failing.schema}\`.\`a\``,
  );

  // The next build forgets the one that failed, but not the tables that are still shown.
  const next = await begin(['a', 'b']);
  expect(next.attempt.base?.id).toBe(id);
  expect(warehouse.builds.map(({ state }) => state)).toEqual(['kept', 'published', 'running']);
  expect([...warehouse.schemas].sort()).toEqual(
    [first.schema, failing.schema, retried.schema, next.schema].sort(),
  );
  await next.attempt.abandon();
});

it('goes on once more where it fails again', async () => {
  const failing = await begin(['a', 'b']);
  await failing.attempt.keep(details(['a'], ['b']), 'failed');
  const again = await begin(['b'], { resume: true });
  const kept = await again.attempt.keep(details(['a'], ['b']), 'failed');

  const third = await begin(['b'], { resume: true });
  expect(third.attempt.base?.id).toBe(kept?.id);
  expect(third.placeOf('a')).toBe(`${failing.schema}.a`);
  await third.attempt.publish(details(['a', 'b']));
  expect(Object.fromEntries(warehouse.views)).toMatchObject({
    '`shop`.`dev`.`a`': `\`shop\`.\`${failing.schema}\`.\`a\``,
    '`shop`.`dev`.`b`': `\`shop\`.\`${third.schema}\`.\`b\``,
  });
});

it('leaves the failed build as it is when it is abandoned', async () => {
  const failing = await begin(['a', 'b']);
  await failing.attempt.keep(details(['a'], ['b']), 'failed');
  const retried = await begin(['b'], { resume: true });
  await retried.attempt.abandon();
  expect(warehouse.builds.map(({ state }) => state)).toEqual(['failed']);
  expect([...warehouse.schemas]).toContain(failing.schema);
});

it('is refused where no failed build is newer than the published one', async () => {
  const failing = await begin(['a', 'b']);
  await failing.attempt.keep(details(['a'], ['b']), 'failed');
  const built = await begin(['a', 'b']);
  await built.attempt.publish(details(['a', 'b']));
  await expect(begin(['b'], { resume: true })).rejects.toThrow('No failed build is kept.');
  expect(warehouse.builds.map(({ state }) => state)).toEqual(['published']);
});

it('reads tables of --defer where they are, and leaves the published names of their nodes alone', async () => {
  const first = await begin(['a', 'b']);
  await first.attempt.publish(details(['a', 'b']));
  const second = await begin(['b']);
  const relation = { database: 'other', schema: 'prod', identifier: 'a_there' };
  const table = { id: 'model.shop.a', place: { schema: 'dev', identifier: 'a' }, relation };
  expect(await second.attempt.defer({ tables: [table], fileOf: () => null })).toEqual(new Map());
  const placed = second.attempt.placed(manifest).nodes.get('model.shop.a');
  expect(placed).toMatchObject({ database: 'other', schema: 'prod', alias: 'a_there' });
  await second.attempt.publish(details(['a', 'b']));
  expect(warehouse.views.get('`shop`.`dev`.`a`')).toBe(`\`shop\`.\`${first.schema}\`.\`a\``);
  expect(warehouse.views.get('`shop`.`dev`.`b`')).toBe(`\`shop\`.\`${second.schema}\`.\`b\``);
});
