/** `techstore lineage` as a user runs it: mostly inside of this process, which is quicker. */
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { lineage, type LineageOptions } from '../../src/cli/commands/lineage.js';
import { TechstoreError } from '../../src/errors.js';
import { add, refused, smallShop, succeeds } from '../cli/support.js';
import type { Shop } from '../helpers/shop.js';

let shop: Shop;

beforeAll(() => {
  shop = smallShop();
  add(
    shop,
    'models/exposures.yml',
    `exposures:
  - {name: mail, type: application, owner: {name: Ada}, depends_on: ["ref('spenders')"]}
`,
  );
});

afterAll(() => shop.remove());
afterEach(() => vi.restoreAllMocks());

/** Runs the command's function and gives what it wrote. */
async function run(
  model: string | undefined,
  options: LineageOptions,
): Promise<{ stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
  }
  await lineage(model, { projectDir: shop.dir, ...options });
  return written;
}

async function json<T>(model: string | undefined, options: LineageOptions): Promise<T> {
  return JSON.parse((await run(model, { ...options, json: true })).stdout) as T;
}

test('On a fresh clone it shows the whole graph', () => {
  const done = succeeds(shop.run('lineage'));
  expect(done.stdout).toBe(
    `apart  table
people  seed
└─ raw.people  source
   └─ clean  table
      └─ spenders  table
`,
  );
  expect(done.stderr).toBe('');
});

test('One node, one way, some steps', async () => {
  const { stdout } = await run('clean', { upstream: true, depth: 1 });
  expect(stdout).toBe('clean  table\n\nupstream\n└─ raw.people  source\n');
});

test('Tests and exposures come along when they are asked for', async () => {
  const { nodes } = await json<{ nodes: { resource_type: string }[] }>('clean', {
    tests: true,
    exposures: true,
  });
  const types = new Set(nodes.map(({ resource_type }) => resource_type));
  expect([...types].sort()).toEqual(['exposure', 'model', 'seed', 'source', 'test']);
});

test('A selection keeps the paths that lead through what it leaves out', async () => {
  const { edges } = await json<{ edges: unknown[] }>(undefined, {
    select: ['source:raw', 'spenders'],
  });
  expect(edges).toEqual([
    { from: 'source.small.raw.people', to: 'model.small.spenders', direct: false },
  ]);
});

test('A selection that picks nothing warns and shows nothing', async () => {
  const { stdout, stderr } = await run(undefined, { select: ['tag:x'] });
  expect(stdout).toBe('');
  expect(stderr).toContain('No nodes selected!');
});

test('A column is followed without a build', async () => {
  const { stdout } = await run(undefined, { column: 'spenders.SPENT' });
  expect(stdout).toBe(
    `spenders.spent  DECIMAL(10,2)

upstream
└─ clean.spent  direct
   └─ raw.people.spent  direct
      └─ people.spent  direct
`,
  );
  expect(existsSync(shop.path('techstore.duckdb'))).toBe(false);
});

test('A column of a source is named with its source', async () => {
  const { columns } = await json<{ columns: { node: string }[] }>(undefined, {
    column: 'raw.people.spent',
    downstream: true,
  });
  expect(columns.map(({ node }) => node)).toEqual([
    'source.small.raw.people',
    'model.small.clean',
    'model.small.spenders',
  ]);
});

test('--sources takes the seeds out of the graph: other files stand for the sources', async () => {
  const { edges } = await json<{ edges: { from: string }[] }>(undefined, { sources: shop.dir });
  expect(edges.map(({ from }) => from)).not.toContain('seed.small.people');
});

test.each<[string, string | undefined, LineageOptions, string[]]>([
  [
    'a model',
    'claen',
    {},
    ["named 'claen'", "Did you mean 'clean'?", 'The names are: apart, clean'],
  ],
  ['a model of a column', undefined, { column: 'claen.id' }, ["'claen'", "Did you mean 'clean'?"]],
  [
    'a column',
    undefined,
    { column: 'clean.nmae' },
    ["clean has no column 'nmae'", "Did you mean 'name'?", 'The names are: born, id, name, spent.'],
  ],
  ['no column', undefined, { column: 'clean' }, ["'clean' is not a column name", 'MODEL.COLUMN']],
  ['no model', undefined, { column: '.id' }, ["'.id' is not a column name"]],
  ['both', 'clean', { column: 'clean.id' }, ['A model and --column cannot be combined']],
  ['two formats', undefined, { dot: true, svg: true }, ['one format at a time: --dot or --svg']],
  ['an ending', undefined, { output: 'graph.png' }, ['.png', '.dot, .gv, .mmd', '.svg, .html']],
  [
    'a folder that is not there',
    undefined,
    { output: '/no/such/lineage.dot' },
    ['/no/such/lineage.dot cannot be written', 'ENOENT'],
  ],
])('What is wrong is named, with the way out: %s', async (_, model, options, says) => {
  const error: unknown = await run(model, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof TechstoreError)) throw new Error('It was not refused', { cause: error });
  expect(error.exitCode).toBe(2);
  for (const text of says) expect(`${error.message} ${error.hint ?? ''}`).toContain(text);
});

test('Options that do not go together are wrong usage', () => {
  refused(shop.run('lineage', '--column', 'clean.id', '--select', 'clean'), {
    code: 2,
    says: ["cannot be used with option '-s, --select"],
  });
  refused(shop.run('lineage', 'claen', '--svg'), { code: 2, says: ["Did you mean 'clean'?"] });
});

test('A file is written whole, and replaced only when that is asked for', async () => {
  const output = shop.path('graph.dot');
  const { stdout, stderr } = await run(undefined, { output });
  expect(stdout).toBe('');
  expect(stderr).toContain(`Wrote ${output}`);
  const text = shop.read('graph.dot');
  expect(text).toMatch(/^digraph lineage \{/);
  shop.write('graph.dot', 'mine');
  await expect(run(undefined, { output })).rejects.toThrow('already exists');
  expect(shop.read('graph.dot')).toBe('mine');
  expect((await run(undefined, { output, force: true, quiet: true })).stderr).toBe('');
  expect(shop.read('graph.dot')).toBe(text);
  expect(readdirSync(shop.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test.each([
  ['page.html', /^<!doctype html>/],
  ['graph.svg', /^<\?xml/],
  ['graph.mmd', /^flowchart LR/],
  ['graph.json', /^\{\n/],
  ['graph.txt', /^apart {2}table/],
])('The ending of %s chooses the format', async (file, begins) => {
  await run(undefined, { output: shop.path(file) });
  expect(shop.read(file)).toMatch(begins);
});

test('A build keeps what it would have said of the whole project', async () => {
  succeeds(shop.run('build', '--quiet'));
  const { FileBuilds } = await import('../../src/builds/file/file-builds.js');
  const store = new FileBuilds({ path: shop.path('techstore.duckdb') });
  const kept = store.lineage(store.showBuild('published').id);

  expect(kept).toEqual(await json(undefined, { tests: true, exposures: true }));
});

test('Pages tell of columns and exposures unasked, and refuse a single column', async () => {
  const { stdout } = await run(undefined, { markdown: true });
  expect(stdout).toContain('Seeds → Sources → Models → API');
  expect(stdout).toContain('### spenders');
  expect((await run('clean', { dictionary: true })).stdout).toContain('### clean');
  await expect(run(undefined, { markdown: true, column: 'clean.id' })).rejects.toThrow(
    '--column and --markdown cannot be combined',
  );
});
