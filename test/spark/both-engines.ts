/** A project built in a file and on the stand-in from the same sources, compared in full. */
import { join } from 'node:path';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';
import { answersOf, someIds } from './answers.js';
import { program, type SparkShop } from './shop.js';
import { catalog, type StandIn } from './support.js';
import { comparedColumns, differences, models, rowsOf } from './tables.js';

export interface Compared {
  /** Rows that only one side has, a few of each table. */
  readonly rows: readonly string[];
  /** Tables that have no rows. */
  readonly empty: readonly string[];
  /** Questions whose answers differ, with both. */
  readonly answers: readonly string[];
  readonly questions: number;
}

/** Hard data is there to fail them. */
export const withoutTests = ['--exclude', 'resource_type:test', 'resource_type:unit_test'];

/** @param schema of the target databricks, where a build is published */
export async function compareEngines(
  place: StandIn,
  shop: SparkShop,
  schema: string,
  asOf: string,
): Promise<Compared> {
  const here = await program(shop.dir, [
    ...['build', ...withoutTests, '--as-of', asOf, '--target', 'dev'],
  ]);
  if (here.code !== 0) throw new Error(here.stdout + here.stderr);
  const spark = await (await place.open()).connect();
  const engine = await openDuckDB({ path: join(shop.dir, 'techstore.duckdb'), readOnly: true });
  try {
    const duck = await engine.connect();
    const duckSchema = await schemaOf(duck);
    const { rows, empty } = await compareTables(duck, `"${duckSchema}"`, spark, schema);
    const ids = await someIds(duck, `"${duckSchema}"`);
    const ours = await answersOf(
      duck,
      { engine: 'duckdb', database: engine.database, schema: duckSchema },
      ids,
    );
    const theirs = await answersOf(spark, { engine: 'databricks', database: catalog, schema }, ids);
    const answers = Object.keys({ ...ours, ...theirs })
      .filter((question) => ours[question] !== theirs[question])
      .map((question) => `${question}\n  DuckDB: ${ours[question]}\n  Spark:  ${theirs[question]}`);
    return { rows, empty, answers, questions: Object.keys(ours).length };
  } finally {
    await engine.close();
    await spark.release();
  }
}

async function compareTables(
  duck: Connection,
  duckSchema: string,
  spark: Connection,
  sparkSchema: string,
): Promise<{ rows: string[]; empty: string[] }> {
  const rows: string[] = [];
  const empty: string[] = [];
  for (const model of models) {
    const { columns: all } = await duck.query(`SELECT * FROM ${duckSchema}.${model} LIMIT 0`);
    const columns = comparedColumns(all.map((column) => column.name));
    const ours = await rowsOf(duck, `${duckSchema}.${model}`, columns, (n) => `"${n}"`);
    const theirs = await rowsOf(
      spark,
      `${catalog}.${sparkSchema}.${model}`,
      columns,
      (n) => `\`${n}\``,
    );
    if (ours.length === 0) empty.push(model);
    const different = differences(columns, ours, theirs);
    if (different.length > 0) rows.push(`${model}:`, ...different);
  }
  return { rows, empty };
}

async function schemaOf(duck: Connection): Promise<string> {
  const { rows } = await duck.query(
    "SELECT schema_name FROM duckdb_tables() WHERE table_name = 'gold_sales_metrics' AND database_name = current_database()",
  );
  return rows[0]?.[0] as string;
}
