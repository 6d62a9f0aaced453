/** Runs one data test, and stores the failing rows. */
import type { Compiled } from '../dbt/compile.js';
import type { Row } from '../engine/engine.js';
import { asText } from '../ground/as-text.js';
import type { TestNode } from '../manifest/nodes.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { FailingRows } from '../manifest/results.js';
import { ensureSchema, type NodeRun } from './node-run.js';
import { withPlace } from '../dbt/sql-place.js';
import { testOutcome, testQuery, type TestOutcome } from './test-sql.js';

export interface TestAnswer {
  readonly outcome: TestOutcome;
  /** 0 if the test passes, even if it tolerates some failing rows. */
  readonly failures: number;
  readonly message: string | null;
  /** The table with all failing rows. */
  readonly failuresRelation: string | null;
  readonly failuresPlace: RelationPlace | null;
  readonly sample: FailingRows | null;
}

export interface TestOptions {
  /** True to store the failing rows of every test, as --store-failures does. */
  readonly storeAll: boolean;
  /** False if nothing may be written, such as for tests of the published build. */
  readonly mayWrite: boolean;
}

const sampleSize = 5;

export async function runDataTest(
  node: TestNode,
  compiled: Compiled,
  run: NodeRun,
  options: TestOptions,
): Promise<TestAnswer> {
  const answer = (await run.tests?.answer(node, run)) ?? (await askAlone(node, compiled, run));
  const [failures = null, shouldWarn = false, shouldError = false] = answer;
  const count = Number(failures ?? 0);
  const found = testOutcome(node.config, {
    shouldWarn: shouldWarn === true,
    shouldError: shouldError === true,
  });
  const outcome = found === 'warn' && run.compiler.session.warnError === true ? 'fail' : found;
  const failing = outcome !== 'pass';
  const { storeFailures } = node.config;
  // On a warehouse a table costs more than a test: warnings are told by a sample, unless more is asked for.
  const enough = run.tests !== undefined && outcome === 'warn';
  const wanted = storeFailures ?? (options.storeAll || (failing && !enough));
  // A test that passes keeps an empty table only where the project asks for it, as dbt does.
  const store =
    options.mayWrite && wanted && (failing || storeFailures === true || options.storeAll);
  const failuresRelation = store ? await keepFailures(node, compiled, run) : null;
  return {
    outcome,
    failures: failing ? count : 0,
    message: failing ? failureMessage(node, found, count) : null,
    failuresRelation,
    failuresPlace: store ? { schema: node.schema, identifier: node.alias } : null,
    sample: failing ? await sampleOf(failuresRelation, compiled, run) : null,
  };
}

async function askAlone(node: TestNode, compiled: Compiled, run: NodeRun): Promise<Row> {
  try {
    const { rows } = await run.connection.query(testQuery(compiled.sql, node.config));
    return rows[0] ?? [];
  } catch (error) {
    // Lines before: select, three columns, from.
    throw withPlace(error, node, compiled, 5);
  }
}

function failureMessage(node: TestNode, outcome: TestOutcome, count: number): string {
  const { errorIf, warnIf } = node.config;
  const rule = outcome === 'fail' ? `fail if ${errorIf}` : `warn if ${warnIf}`;
  return `Got ${count} result${count === 1 ? '' : 's'}, configured to ${rule}`;
}

async function keepFailures(node: TestNode, compiled: Compiled, run: NodeRun): Promise<string> {
  await ensureSchema(run, node);
  const name = run.dialect.renderRelation({
    database: node.database,
    schema: node.schema,
    identifier: node.alias,
  });
  const kind = node.config.storeFailuresAs === 'view' ? 'view' : 'table';
  const { tableFormat } = run.capabilities;
  const format = kind === 'table' && tableFormat !== null ? ` using ${tableFormat}` : '';
  await run.connection.run(`create or replace ${kind} ${name}${format} as (\n${compiled.sql}\n)`);
  return name;
}

async function sampleOf(
  relation: string | null,
  compiled: Compiled,
  run: NodeRun,
): Promise<FailingRows> {
  const from = relation ?? `(\n${compiled.sql}\n) as failing_rows`;
  const { columns, rows } = await run.connection.query(`select * from ${from} limit ${sampleSize}`);
  return {
    columns: columns.map((column) => column.name),
    rows: rows.map((row) => row.map((value) => asText(value))),
  };
}
