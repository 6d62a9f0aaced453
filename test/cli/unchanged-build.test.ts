/** A build in which nothing changed is answered from what the last one wrote down, and never wrongly. */
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunOptions } from '../../src/cli/options.js';
import type { Reporter } from '../../src/cli/reporter.js';
import type * as UnchangedBuild from '../../src/cli/unchanged/unchanged-build.js';
import { marksOfInputs } from '../../src/cli/unchanged/build-inputs.js';
import {
  allOlderThan,
  marksBelow,
  marksOfFiles,
  sameMarks,
  type FileMarks,
} from '../../src/cli/unchanged/file-marks.js';
import { bareEnvironment, root, Shop } from '../helpers/shop.js';
import { add, copyOf, smallShop, succeeds } from './support.js';

// The program takes its own files into account: what it wrote down, only it can read.
const { answerUnchanged } = (await import(
  join(root, 'dist/cli/unchanged/unchanged-build.js')
)) as typeof UnchangedBuild;

const colour = { SHOP_COLOUR: 'crimson' };

const silent = {
  warning: () => undefined,
  end: () => undefined,
  summary: () => undefined,
} as unknown as Reporter;

/** Files count as read only when they are older than the build: two clocks tick every few milliseconds. */
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 80));

function isAnswered(
  shop: Shop,
  options: RunOptions = {},
  env: NodeJS.ProcessEnv = {},
  now = new Date(),
): Promise<boolean> {
  return answerUnchanged(
    { projectDir: shop.dir, ...options },
    silent,
    now,
    bareEnvironment({ ...colour, ...env }),
  );
}

/** A project in which something depends on each kind of input. */
async function remembered(): Promise<Shop> {
  const shop = smallShop({
    'models/coloured.sql': "select '{{ env_var('SHOP_COLOUR', 'red') }}' as colour\n",
    '.env': 'SHOP_UNUSED=1\n',
  });
  await tick();
  succeeds(shop.runWith(colour, 'build', '--project-dir', shop.dir));
  return shop;
}

interface Artifacts {
  readonly manifest: { readonly metadata: Record<string, unknown>; readonly nodes: object };
  readonly results: {
    readonly metadata: Record<string, unknown>;
    readonly args: Record<string, unknown>;
    readonly results: readonly { readonly unique_id: string; readonly message: string }[];
  };
}

function artifactsOf(shop: Shop): Artifacts {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(shop.path(`target/${name}`), 'utf8'));
  return { manifest: read('manifest.json'), results: read('run_results.json') } as Artifacts;
}

function ids({ results }: Artifacts): readonly string[] {
  return results.results.map(({ unique_id: id }) => id);
}

function timesOf(metadata: Record<string, unknown>): Record<string, unknown> {
  const { generated_at, invocation_started_at } = metadata;
  return { generated_at, invocation_started_at };
}

describe('The second build', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await remembered();
  });
  afterAll(() => shop.remove());

  test('is answered at once, and its artifacts are its own', async () => {
    const first = artifactsOf(shop);
    // Without --project-dir in between: the artifacts are those of the last command, whichever it was.
    const done = succeeds(
      shop.runWith(colour, 'build', '--project-dir', shop.dir, '--threads', '1'),
    );
    expect(done.stdout).toContain('Nothing changed');
    const second = artifactsOf(shop);
    expect(second.manifest.metadata).toEqual({
      ...first.manifest.metadata,
      ...timesOf(second.manifest.metadata),
      invocation_id: second.results.metadata['invocation_id'],
    });
    expect(second.results.metadata['invocation_id']).not.toBe(
      first.results.metadata['invocation_id'],
    );
    expect(second.manifest.nodes).toEqual(first.manifest.nodes);
    expect(ids(second)).toEqual(ids(first));
    expect(new Set(second.results.results.map(({ message }) => message))).toEqual(
      new Set(['reused: nothing changed']),
    );
    expect(await isAnswered(shop)).toBe(true);
  });

  test('writes the artifacts that a build writes which reads the whole project', async () => {
    const run = (): Artifacts => {
      succeeds(shop.runWith(colour, 'build', '--project-dir', shop.dir));
      return artifactsOf(shop);
    };
    expect(await isAnswered(shop)).toBe(true);
    const quick = run();
    rmSync(shop.path('target/unchanged_build.json'));
    const thorough = run();
    expect(quick.results.args).toEqual(thorough.results.args);
    expect(quick.results.results).toEqual(thorough.results.results);
    expect(Object.keys(quick.manifest)).toEqual(Object.keys(thorough.manifest));
  });

  test('says what a build says that reads the whole project', async () => {
    const answer = (): Record<string, unknown> => {
      const done = succeeds(shop.runWith(colour, 'build', '--json', '--project-dir', shop.dir));
      const { elapsed_seconds: elapsed, ...rest } = JSON.parse(done.stdout) as Record<
        string,
        unknown
      >;
      expect(elapsed).toBeTypeOf('number');
      return rest;
    };
    expect(await isAnswered(shop)).toBe(true);
    const quick = answer();
    rmSync(shop.path('target/unchanged_build.json'));
    const thorough = answer();
    expect(quick).toEqual(thorough);
    expect(quick).toMatchObject({ up_to_date: true, ok: true });
  });

  test('tells its warnings again, in the same words', async () => {
    const warned = smallShop({
      'dbt_project.yml':
        'name: small\nprofile: small\nvars: {least: 0}\nmodel: {}\nseeds: {small: {+schema: raw}}\n',
    });
    await tick();
    try {
      const first = succeeds(warned.runWith(colour, 'build', '--project-dir', warned.dir));
      expect(await isAnswered(warned)).toBe(true);
      const second = succeeds(warned.runWith(colour, 'build', '--project-dir', warned.dir));
      const warnings = (text: string): string[] =>
        text.split('\n').filter((line) => line.includes("'model'"));
      expect(warnings(second.stderr)).toEqual(warnings(first.stderr));
      expect(warnings(second.stderr)).not.toEqual([]);
    } finally {
      warned.remove();
    }
  });

  test('another day takes the ordinary way, for today is a figure', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect(await isAnswered(shop, {}, {}, tomorrow)).toBe(false);
  });

  test.each<[string, RunOptions]>([
    ['another date', { asOf: '2024-01-01' }],
    ['other variables', { vars: '{least: 8}' }],
    ['a selection', { select: ['clean'] }],
    ['a full refresh', { fullRefresh: true }],
    ['a folder of sources', { sources: 'exports' }],
    ['another target', { target: 'prod' }],
    ['a folder of profiles', { profilesDir: 'profiles' }],
  ])('with %s takes the ordinary way', async (_name, options) => {
    expect(await isAnswered(shop, options)).toBe(false);
  });

  test('with another way to show the answer is answered all the same', async () => {
    expect(await isAnswered(shop, { json: true, quiet: true, color: false, threads: 1 })).toBe(
      true,
    );
  });

  test('looks at the variables of the environment that the project reads, and at no others', async () => {
    expect(await isAnswered(shop, {}, { SHOP_COLOUR: 'blue' })).toBe(false);
    expect(await isAnswered(shop, {}, { SOMETHING: 'else' })).toBe(true);
  });

  test('keeps no value of a variable in its notes', () => {
    const notes = readFileSync(shop.path('target/unchanged_build.json'), 'utf8');
    expect(notes).toContain('SHOP_COLOUR');
    expect(notes).not.toContain('crimson');
  });
});

describe('A change of what a build depends on is noticed:', () => {
  const rewritten = (shop: Shop, file: string, from: string, to: string): void => {
    const path = shop.path(file);
    const { atime, mtime } = statSync(path);
    shop.edit(file, from, to);
    utimesSync(path, atime, mtime);
  };
  const folders = ['models', 'macros', 'seeds', 'tests'];

  test.each<[string, (shop: Shop) => void]>([
    ['a model of the same length and age', (s) => rewritten(s, 'models/apart.sql', '42', '43')],
    ['a new model', (s) => add(s, 'models/more.sql', 'select 1 as one\n')],
    ['a new file of another kind', (s) => add(s, 'models/readme.txt', 'hello\n')],
    ['a folder that was not there', (s) => add(s, 'tests/none.sql', 'select 1 where false\n')],
    ['a model that is gone', (s) => unlinkSync(s.path('models/apart.sql'))],
    ['a macro', (s) => add(s, 'macros/more.sql', '{% macro x() %}{% endmacro %}\n')],
    ['a seed', (s) => rewritten(s, 'seeds/people.csv', '12.50', '13.50')],
    ['a source file', (s) => rewritten(s, 'exports/people.csv', 'Ada', 'Eda')],
    ['the project file', (s) => s.edit('dbt_project.yml', 'least: 0', 'least: 1')],
    ['the profiles', (s) => s.edit('profiles.yml', 'threads: 2', 'threads: 3')],
    ['profiles at home', (s) => add(s, 'home/.dbt/profiles.yml', 'small: {}\n')],
    ['selectors', (s) => add(s, 'selectors.yml', 'selectors: []\n')],
    ['a file of variables', (s) => add(s, '.env', 'SHOP_COLOUR=blue\n')],
    ['packages', (s) => add(s, 'packages.yml', 'packages: []\n')],
    ['a linked file', (s) => s.write('linked.sql', 'select 8 as linked\n')],
  ])('%s', (_name, change) => {
    const shop = smallShop({
      'exports/people.csv': 'id,name\n1,Ada\n',
      'linked.sql': 'select 7\n',
    });
    try {
      symlinkSync(shop.path('linked.sql'), shop.path('models/linked.sql'));
      const marks = (): FileMarks =>
        marksOfInputs(
          { projectDir: shop.dir, sources: shop.path('exports') },
          { folders, files: [] },
          {
            HOME: shop.path('home'),
          },
        );
      const before = marks();
      expect(sameMarks(before, marks())).toBe(true);
      change(shop);
      expect(sameMarks(before, marks())).toBe(false);
    } finally {
      shop.remove();
    }
  });
});

describe('The ordinary way is taken', () => {
  let origin: Shop;
  beforeAll(async () => {
    origin = await remembered();
  });
  afterAll(() => origin.remove());

  test('after another command wrote its results', async () => {
    succeeds(origin.runWith(colour, 'test', '--select', 'clean', '--project-dir', origin.dir));
    expect(await isAnswered(origin)).toBe(false);
    expect(succeeds(origin.runWith(colour, 'build', '--project-dir', origin.dir)).stdout).toContain(
      'Nothing changed',
    );
    expect(await isAnswered(origin)).toBe(true);
  });

  test.each<[string, string]>([
    ['are damaged', '{"format": 1,'],
    ['are of another form', '{"format": 0}'],
  ])('when the notes %s', async (_name, text) => {
    const path = origin.path('target/unchanged_build.json');
    const notes = readFileSync(path);
    origin.write('target/unchanged_build.json', text);
    expect(await isAnswered(origin)).toBe(false);
    writeFileSync(path, notes);
    expect(await isAnswered(origin)).toBe(true);
  });

  test('after a build that failed, and while SQL asks the database', async () => {
    const shop = copyOf(origin);
    try {
      add(shop, 'models/broken.sql', 'select nothing_here as x\n');
      expect(shop.runWith(colour, 'build', '--project-dir', shop.dir).code).toBe(1);
      expect(await isAnswered(shop)).toBe(false);
      unlinkSync(shop.path('models/broken.sql'));
      add(
        shop,
        'models/asks.sql',
        "{% set found = run_query('select 1') %}select {{ found.rows | length if execute else 0 }} as n\n",
      );
      succeeds(shop.runWith(colour, 'build', '--project-dir', shop.dir));
      expect(await isAnswered(shop)).toBe(false);
    } finally {
      shop.remove();
    }
  });

  test('whenever everything is to be built anew', () => {
    const build = (): { up_to_date: boolean; results: { carried_over: boolean }[] } =>
      JSON.parse(
        succeeds(
          origin.runWith(colour, 'build', '--full-refresh', '--json', '--project-dir', origin.dir),
        ).stdout,
      ) as { up_to_date: boolean; results: { carried_over: boolean }[] };
    build();
    const second = build();
    expect(second.up_to_date).toBe(false);
    expect(second.results.every((result) => !result.carried_over)).toBe(true);
  });

  test('when the published file is another, or gone', async () => {
    const path = origin.path('techstore.duckdb');
    copyFileSync(path, origin.path('other.duckdb'));
    unlinkSync(path);
    expect(await isAnswered(origin)).toBe(false);
    copyFileSync(origin.path('other.duckdb'), path);
    expect(await isAnswered(origin)).toBe(false);
  });
});

describe('Marks of files', () => {
  test('a file that was edited while the build ran is not taken for read', () => {
    const shop = new Shop([]);
    try {
      shop.write('a.sql', 'select 1');
      const marks = marksOfFiles([shop.path('a.sql'), shop.path('none.sql')]);
      expect(allOlderThan(marks, Date.now() - 60_000)).toBe(false);
      expect(allOlderThan(marks, Date.now() + 60_000)).toBe(true);
    } finally {
      shop.remove();
    }
  });

  test('a folder that leads back to itself is walked once', () => {
    const shop = new Shop([]);
    try {
      mkdirSync(shop.path('models'));
      shop.write('models/a.sql', 'select 1');
      symlinkSync(shop.path('models'), shop.path('models/again'));
      expect(Object.keys(marksBelow([shop.path('models')]))).toEqual([shop.path('models/a.sql')]);
    } finally {
      shop.remove();
    }
  });
});
