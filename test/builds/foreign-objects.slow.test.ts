/** What others made in the published file is never lost, whatever is done with the project's builds. */
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Row } from '../../src/engine/engine.js';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { compileForChildren, startChild } from './compiled.js';
import {
  details,
  figureIn,
  fill,
  publishFigure,
  rowsIn,
  temporaryFolder,
  writeInto,
} from './details.js';

vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let path: string;
let store: FileBuilds;
const command = 'techstore build';

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'shop.duckdb');
  store = new FileBuilds({ path });
});

/** One of everything that a DuckDB file can hold. */
const everything = `
  CREATE SCHEMA raw; CREATE SCHEMA untouched;
  CREATE TYPE raw.mood AS ENUM ('glad', 'sad');
  CREATE SEQUENCE raw.ids START 5;
  CREATE MACRO main.twice(x) AS x * 2;
  CREATE MACRO main.numbers(n) AS TABLE SELECT range AS n FROM range(n);
  CREATE TABLE raw.customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
  CREATE TABLE raw.orders (
    id INTEGER DEFAULT nextval('raw.ids') PRIMARY KEY,
    customer INTEGER REFERENCES raw.customers (id),
    felt raw.mood,
    amount INTEGER CHECK (amount > 0),
    doubled INTEGER GENERATED ALWAYS AS (amount * 2)
  );
  INSERT INTO raw.customers VALUES (1, 'Ada'), (2, 'Grace');
  INSERT INTO raw.orders (customer, felt, amount) VALUES (1, 'glad', 10), (2, 'sad', 20);
  COMMENT ON TABLE raw.orders IS 'as they came in';
  COMMENT ON COLUMN raw.orders.amount IS 'in cents';
  CREATE INDEX by_amount ON raw.orders (amount);
  CREATE VIEW raw.large AS SELECT *, main.twice(amount) AS twice FROM raw.orders WHERE amount > 10;
  COMMENT ON VIEW raw.large IS 'more than ten';
  CREATE TABLE main.loose AS SELECT 'in our schema' AS note;
  CREATE TABLE "a ""quoted"" näme" ("sélect" INTEGER);
  INSERT INTO "a ""quoted"" näme" VALUES (7);`;

/** The definitions and rows of all of that, as text that is compared before and after. */
const looks = [
  `SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'shop' AND schema_name IN ('raw', 'untouched') ORDER BY ALL`,
  `SELECT schema_name, table_name, sql, comment FROM duckdb_tables() WHERE database_name = 'shop' AND schema_name <> 'gold' ORDER BY ALL`,
  `SELECT schema_name, view_name, sql, comment FROM duckdb_views() WHERE database_name = 'shop' AND NOT internal AND schema_name <> 'gold' ORDER BY ALL`,
  `SELECT schema_name, sequence_name, start_value, last_value, increment_by FROM duckdb_sequences() ORDER BY ALL`,
  `SELECT schema_name, type_name, labels FROM duckdb_types() WHERE database_name = 'shop' AND NOT internal ORDER BY ALL`,
  `SELECT schema_name, function_name, macro_definition FROM duckdb_functions() WHERE database_name = 'shop' AND NOT internal ORDER BY ALL`,
  `SELECT schema_name, index_name, sql FROM duckdb_indexes() ORDER BY ALL`,
  `SELECT table_name, column_name, comment FROM duckdb_columns() WHERE database_name = 'shop' AND comment IS NOT NULL ORDER BY ALL`,
  `SELECT * FROM raw.orders ORDER BY ALL`,
  `SELECT * FROM raw.large ORDER BY ALL`,
  `SELECT * FROM raw.customers ORDER BY ALL`,
  `SELECT *, twice(4), (SELECT count(*) FROM numbers(3)) FROM main.loose`,
  `SELECT * FROM "a ""quoted"" näme"`,
];

async function foreignIn(file: string): Promise<readonly (readonly Row[])[]> {
  const answers = [];
  for (const sql of looks) answers.push(await rowsIn(file, sql));
  return answers;
}

/** A build with more in it than a table. */
async function publishMore(figure: number, more: string): Promise<string> {
  const candidate = await store.openCandidate({ command });
  await fill(candidate.engine, figure);
  await (await candidate.engine.connect()).run(more);
  await store.publish(candidate, details);
  return candidate.id;
}

describe('What a loader made before the first build', () => {
  beforeEach(() => writeInto(path, everything));

  test('is in every build that is published later, whatever it is', async () => {
    const before = await foreignIn(path);
    // As written above: 2 schemas, 4 tables, 1 view, and so on.
    expect(before.map((rows) => rows.length)).toEqual([2, 4, 1, 1, 1, 2, 1, 1, 2, 1, 2, 1, 1]);
    for (const figure of [1, 2, 3, 4, 5, 6, 7, 8]) {
      await publishFigure(store, figure);
      expect(await figureIn(path)).toBe(figure);
    }

    expect(await foreignIn(path)).toEqual(before);
    expect(store.listBuilds().map(({ record }) => record.state)).not.toContain('imported');
  });

  test('can be used on: its sequence counts on, its keys and checks hold', async () => {
    await publishFigure(store, 1);
    await writeInto(path, `INSERT INTO raw.orders (customer, amount) VALUES (1, 30)`);

    expect(await rowsIn(path, 'SELECT max(id) FROM raw.orders')).toEqual([[7]]);
    for (const refused of [
      `INSERT INTO raw.orders (customer, amount) VALUES (1, -1)`,
      `INSERT INTO raw.orders (customer, amount) VALUES (9, 1)`,
      `INSERT INTO raw.customers VALUES (1, 'again')`,
    ]) {
      await expect(writeInto(path, refused)).rejects.toMatchObject({ kind: 'constraint' });
    }
  });

  test('does not make the file grow with every build', async () => {
    const sizes: number[] = [];
    for (const figure of [1, 2, 3, 4, 5, 6]) {
      await publishMore(figure, 'CREATE TABLE gold.wide AS SELECT range AS n FROM range(300000)');
      sizes.push(statSync(path).size);
    }
    expect(sizes[5]).toBeLessThanOrEqual((sizes[1] ?? 0) * 1.1);
  });
});

describe('What a loader writes into a published file between builds', () => {
  test('is in the next one as last written, and kept builds stay whole', async () => {
    const first = await publishFigure(store, 1);
    await writeInto(path, everything);
    await publishFigure(store, 2);
    await writeInto(
      path,
      `UPDATE raw.orders SET amount = 11 WHERE customer = 1; DROP VIEW raw.large;
       DROP TABLE main.loose; CREATE TABLE raw.later AS SELECT 1 AS n`,
    );
    await publishFigure(store, 3);

    expect(await rowsIn(path, 'SELECT amount FROM raw.orders ORDER BY id')).toEqual([[11], [20]]);
    expect(await rowsIn(path, 'SELECT n FROM raw.later')).toEqual([[1]]);
    const names = `SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND database_name = 'shop'
      UNION SELECT view_name FROM duckdb_views() WHERE schema_name = 'raw' AND database_name = 'shop'`;
    expect(await rowsIn(path, names)).toEqual([['a "quoted" näme']]);
    for (const { modified } of store.listBuilds()) expect(modified).toBe(false);
    expect(await figureIn(store.showBuild(first).path)).toBe(1);
  });

  test('does not keep tables from being carried over', async () => {
    const id = await publishFigure(store, 1);
    await writeInto(path, 'CREATE TABLE notes AS SELECT 42 AS note');
    expect(store.published()).toMatchObject({ id, modified: false, touched: true });
    const candidate = await store.openCandidate({ command });

    expect(await candidate.attachPrevious()).toMatchObject({ state: 'attached', build: { id } });
    await store.abandon(candidate);
    expect(await rowsIn(path, 'SELECT note FROM notes')).toEqual([[42]]);
  });

  test('stays where a rollback goes back, and forward again', async () => {
    const first = await publishMore(1, 'CREATE TABLE gold.old AS SELECT 1 AS n');
    const second = await publishFigure(store, 2);
    await writeInto(path, everything);
    const before = await foreignIn(path);

    expect((await store.rollback({ command })).id).toBe(first);
    expect(await figureIn(path)).toBe(1);
    expect(await rowsIn(path, 'SELECT n FROM gold.old')).toEqual([[1]]);
    expect(await foreignIn(path)).toEqual(before);
    await writeInto(path, 'DELETE FROM raw.orders WHERE customer = 2');
    await store.rollback({ command, to: second });
    expect(await figureIn(path)).toBe(2);
    await expect(rowsIn(path, 'SELECT n FROM gold.old')).rejects.toMatchObject({ kind: 'catalog' });
    expect(await rowsIn(path, 'SELECT amount FROM raw.orders')).toEqual([[10]]);
  });

  test('takes nothing from what the project made before: a table that it no longer makes is gone', async () => {
    await publishMore(
      1,
      'CREATE TABLE gold.old AS SELECT 1 AS n; CREATE SCHEMA silver; CREATE VIEW silver.v AS SELECT 1 AS n',
    );
    await writeInto(
      path,
      'CREATE TABLE gold.theirs AS SELECT 1 AS n; CREATE VIEW gold.both AS FROM gold.old',
    );
    await publishFigure(store, 2);

    const names = `SELECT table_name FROM duckdb_tables() WHERE database_name = 'shop' UNION ALL
      SELECT view_name FROM duckdb_views() WHERE database_name = 'shop' AND NOT internal UNION ALL
      SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'shop' AND schema_name IN ('gold', 'silver') ORDER BY ALL`;
    // A view of others stays, though what it reads is gone.
    expect(await rowsIn(path, names)).toEqual([['both'], ['gold'], ['sales'], ['theirs']]);
  });

  test('and did to the tables of the project is not in the next one', async () => {
    await publishFigure(store, 1);
    await writeInto(
      path,
      'UPDATE gold.sales SET figure = 99; CREATE TABLE gold.theirs AS SELECT 1 AS n',
    );
    const id = await publishFigure(store, 2);
    await store.rollback({ command });

    expect(await figureIn(path)).toBe(1);
    expect(await figureIn(store.showBuild(id).path)).toBe(2);
    expect(await rowsIn(path, 'SELECT n FROM gold.theirs')).toEqual([[1]]);
  });

  test('may hang on each other and on what the project makes', async () => {
    const macros = `CREATE MACRO main.ours(x) AS x + 1; CREATE SEQUENCE gold.steps; CREATE TYPE gold.size AS ENUM ('S', 'L');
      CREATE TABLE gold.parent (id INTEGER PRIMARY KEY); CREATE TABLE gold.child (id INTEGER REFERENCES gold.parent (id));
      CREATE VIEW gold.a AS SELECT main.ours(figure) AS n FROM gold.sales; CREATE VIEW gold.b AS FROM gold.a`;
    await publishMore(1, macros);
    await writeInto(
      path,
      "CREATE VIEW main.theirs AS SELECT main.ours(n) AS n FROM gold.b; CREATE TABLE t AS SELECT 'S'::gold.size AS s",
    );
    await publishMore(2, macros);

    expect(await rowsIn(path, 'SELECT n FROM main.theirs')).toEqual([[4]]);
    expect(await rowsIn(path, 'SELECT s FROM main.t')).toEqual([['S']]);
  });

  test('shows as a change of a table whatever its columns are named', async () => {
    await publishMore(1, 'CREATE TABLE gold.letters AS SELECT 1 AS t, 2 AS n, 3 AS "*"');
    await writeInto(path, 'CREATE TABLE theirs AS SELECT 1 AS n');
    expect(await store.publishedContents()).toMatchObject({ changed: false });
    await writeInto(path, 'UPDATE gold.letters SET n = 99');
    expect(await store.publishedContents()).toMatchObject({ changed: true });
  });

  test('may have a name that is told from one of the project by the case of an accented letter', async () => {
    await publishMore(1, 'CREATE TABLE gold."Ä" AS SELECT 1 AS n');
    await writeInto(path, 'CREATE TABLE gold."ä" AS SELECT 42 AS n');
    await publishMore(2, 'CREATE TABLE gold."Ä" AS SELECT 2 AS n');

    expect(await rowsIn(path, 'SELECT a.n, b.n FROM gold."Ä" AS a, gold."ä" AS b')).toEqual([
      [2, 42],
    ]);
  });

  test('may be a macro for tables that has the name of a macro for values of the project, or the other way round', async () => {
    const ours = `CREATE MACRO main.one(x) AS x + 1; CREATE MACRO main.two(x) AS TABLE SELECT x + 1 AS n`;
    await publishMore(1, ours);
    await writeInto(
      path,
      'CREATE MACRO main.one(x) AS TABLE SELECT x * 10 AS n; CREATE MACRO main.two(x) AS x * 10',
    );
    await publishMore(2, ours);
    await store.rollback({ command });

    const all = 'SELECT one(4), two(4), (SELECT n FROM one(4)), (SELECT n FROM two(4))';
    expect(await rowsIn(path, all)).toEqual([[5, 40, 40, 5]]);
  });
});

describe('A name that others and the project have', () => {
  test("in a file that was there before is the project's from then on; the file is kept for good", async () => {
    await writeInto(
      path,
      `CREATE SCHEMA gold; CREATE TABLE gold.sales AS SELECT 77 AS figure; ${everything}`,
    );
    const small = new FileBuilds({ path, keep: 1 });
    const candidate = await small.openCandidate({ command });
    await fill(candidate.engine, 1);
    const { warnings } = await small.publish(candidate, details);
    const imported = small.listBuilds().find(({ record }) => record.state === 'imported');
    expect(warnings).toEqual([
      `The project replaced objects of another program: gold.sales (table). Build ${imported?.id} keeps them.`,
    ]);
    for (const figure of [2, 3, 4]) await publishFigure(small, figure);
    await small.prune({ command });

    expect(small.listBuilds().map(({ record }) => record.state)).toEqual(['published', 'imported']);
    await writeInto(path, 'DELETE FROM raw.orders WHERE customer = 2');
    await small.rollback({ command });
    expect(await figureIn(path)).toBe(77);
    // A rollback takes back what the project did, and nothing else.
    expect(await rowsIn(path, 'SELECT amount FROM raw.orders')).toEqual([[10]]);
  });

  test('in a published file is refused, and the build is kept', async () => {
    await publishFigure(store, 1);
    await writeInto(path, 'CREATE VIEW gold.Fresh AS SELECT 1 AS n');
    await expect(publishMore(2, 'CREATE TABLE gold.fresh AS SELECT 2 AS n')).rejects.toMatchObject({
      code: 'publish',
      message: `${path} contains objects of another program under names of the project: gold.Fresh (view)`,
    });

    expect(await figureIn(path)).toBe(1);
    expect(await rowsIn(path, 'SELECT n FROM gold.fresh')).toEqual([[1]]);
    await writeInto(path, 'DROP VIEW gold.fresh');
    await store.rollback({ command, to: store.showBuild('latest').id });
    expect(await rowsIn(path, 'SELECT n FROM gold.fresh')).toEqual([[2]]);
  });
});

describe('A file that no build published', () => {
  test("and that takes the place of the published one is imported; what builds made before is not taken for others'", async () => {
    await publishMore(1, 'CREATE TABLE gold.old AS SELECT 1 AS n');
    await writeInto(path, 'CREATE TABLE notes AS SELECT 42 AS note');
    const { copyFileSync, renameSync } = await import('node:fs');
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
    expect(store.published()).toBeNull();
    await publishFigure(store, 2);

    expect(await rowsIn(path, 'SELECT note FROM notes')).toEqual([[42]]);
    expect(
      await rowsIn(
        path,
        `SELECT table_name FROM duckdb_tables() WHERE schema_name = 'gold' AND database_name = 'shop'`,
      ),
    ).toEqual([['sales']]);
  });

  test('is told from the published one although it got the same inode and nothing else', async () => {
    await publishFigure(store, 1);
    rmSync(path);
    await writeInto(path, 'CREATE TABLE notes AS SELECT 42 AS note');
    expect(store.published()).toBeNull();
    await publishFigure(store, 2);

    expect(await rowsIn(path, 'SELECT note FROM notes')).toEqual([[42]]);
  });
});

describe('A program that writes while a build runs', () => {
  test('loses nothing that it committed before the rename', async () => {
    await publishFigure(store, 1);
    const candidate = await store.openCandidate({ command });
    await fill(candidate.engine, 2);
    await writeInto(path, everything);
    await store.publish(candidate, details);

    expect(await figureIn(path)).toBe(2);
    expect(await rowsIn(path, 'SELECT count(*) FROM raw.orders')).toEqual([['2']]);
  });
});

describe('Children', () => {
  let code: ReturnType<typeof compileForChildren>;
  beforeAll(() => {
    code = compileForChildren();
  });
  afterAll(() => code.remove());

  test('A loader that adds a row again and again loses none of them through publishes and kills of the builder', async () => {
    await publishFigure(store, 1);
    const loader = startChild(code.folder, 'load-loop', [path]);
    await loader.line('ready');
    let figure = 1;
    for (let kill = 0; kill < 4; kill++) {
      const builder = startBuilder(code.folder, figure + 1, 1000);
      await builder.line('ready');
      await new Promise((resolve) => setTimeout(resolve, 1000 * Math.random()));
      builder.process.kill('SIGKILL');
      await builder.ended;
      figure = Number(await soon(() => figureIn(path)));
    }
    // A publish that never finds the file at rest is refused: the next one is as good.
    for (let publish = 1; publish <= 20 && figure === 1; publish++) {
      await startBuilder(code.folder, figure + 1, 1).ended;
      figure = Number(await soon(() => figureIn(path)));
    }
    loader.process.stdin?.end();
    const [, told] = /^loaded (\d+)$/.exec(await loader.line('loaded')) ?? [];
    await publishFigure(store, 1000);

    expect(Number(told)).toBeGreaterThan(0);
    expect(figure).toBeGreaterThan(1);
    expect(await rowsIn(path, 'SELECT count(*), max(n) + 1 FROM raw.loaded')).toEqual([
      [told, Number(told)],
    ]);
  }, 120_000);
});

/** A process that publishes `count` builds into the file, each with the next figure. */
function startBuilder(
  folder: string,
  figure: number,
  count: number,
): ReturnType<typeof startChild> {
  return startChild(folder, 'publish-loop', [path, String(figure), String(count), '50']);
}

/** The loader has the file open for some instants. */
async function soon<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

describe('Who may read the published file', () => {
  test('stays as it was, whatever the mask of the one who builds', async () => {
    const mask = process.umask(0o022);
    try {
      await publishFigure(store, 1);
      chmodSync(path, 0o664);
      process.umask(0o077);
      await publishFigure(store, 2);
      expect(statSync(path).mode & 0o777).toBe(0o664);
      await store.rollback({ command });
      expect(statSync(path).mode & 0o777).toBe(0o664);
      await writeInto(path, 'CREATE TABLE notes AS SELECT 42 AS note');
      await publishFigure(store, 3);
      expect(statSync(path).mode & 0o777).toBe(0o664);
    } finally {
      process.umask(mask);
    }
    expect(readdirSync(folder).sort()).toEqual(['shop.builds', 'shop.duckdb']);
  });
});
