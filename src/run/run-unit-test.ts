/** Runs one unit test: compares the model's result on given rows with the expected rows. */
import { TechstoreError } from '../errors.js';
import { cteRelation } from '../dbt/cte-relation.js';
import type { RelationValue } from '../dbt/relation.js';
import type { ColumnInfo } from '../engine/engine.js';
import type { Value } from '../jinja/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import { relationOf } from '../manifest/relation-of.js';
import type { GraphNode, ModelNode, UnitTestNode, UnitTestRows } from '../manifest/nodes.js';
import { parseSmallCsv } from '../sources/index.js';
import type { NodeRun } from './node-run.js';
import { asText } from '../ground/as-text.js';
import type { TestAnswer } from './run-data-test.js';
import { withPlace } from '../dbt/sql-place.js';
import {
  bothSidesQuery,
  differingRows,
  rowsQuery,
  type FixtureRow,
  type FixtureColumn,
} from './unit-test-sql.js';

export interface UnitTestAnswer extends TestAnswer {
  readonly sql: string;
}

/** @param keepSql writes the SQL to a file for users and returns its path */
export async function runUnitTest(
  test: UnitTestNode,
  model: ModelNode,
  run: NodeRun,
  keepSql: (sql: string) => Promise<string>,
): Promise<UnitTestAnswer> {
  const ctes: string[] = [];
  const relations = new Map<string, Value>();
  let thisRelation: RelationValue | undefined;
  const taken = new Set<string>();
  for (const given of test.given) {
    const input = await inputOf(given.input, test, model, run);
    // What the model reads is made before its unit tests run; its own table may be another afterwards.
    const columns = input === 'this' ? await columnsOf(model, run) : await onceFor(input, run);
    const sql =
      given.rows === null
        ? ownRows(given, input, columns, test, run)
        : rowsAsSql(given, columns, given.input, test, run);
    const relation = cteRelation(nameOf(input, taken), (name) => run.dialect.quoteIdentifier(name));
    ctes.push(`${relation.toText()} as (\n${sql}\n)`);
    if (input === 'this') thisRelation = relation;
    else relations.set(input.uniqueId, relation);
  }
  for (const parent of model.dependsOn.nodes) {
    if (relations.has(parent)) continue;
    throw new TechstoreError(
      'compilation',
      `${test.name} has no rows for ${parent.split('.').slice(2).join('.')}`,
      {
        place: test.place,
        hint: 'Add this input under given:. Use rows: [] for an empty input.',
        exitCode: 1,
      },
    );
  }
  const compiled = await run.compiler.compile(model, {
    backend: run.backend,
    relations,
    ctes,
    overrides: test.overrides,
    ...(thisRelation === undefined ? {} : { thisRelation }),
  });
  const file = await keepSql(compiled.sql);
  const inModel = async <T>(linesBefore: number, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw withPlace(error, model, { ...compiled, file, linesAbove: linesBefore }, linesBefore);
    }
  };
  const columns =
    contractColumns(model) ?? (await inModel(0, () => run.connection.describe(compiled.sql)));
  const expected = expectedSql(test, columns, run);
  const sql = bothSidesQuery(compiled.sql, expected.sql, expected.columns, (name) =>
    run.dialect.quoteIdentifier(name),
  );
  await keepSql(sql);
  const answer = await inModel(1, () => run.connection.query(sql));
  const differing = differingRows(answer.rows);
  // dbt counts the test, not the rows.
  const failures = differing.length === 0 ? 0 : 1;
  return {
    sql,
    outcome: failures === 0 ? 'pass' : 'fail',
    failures,
    message:
      failures === 0
        ? null
        : `${model.name} returns other rows than expected: ${count(differing, 'actual')} unexpected, ${count(differing, 'expected')} missing`,
    failuresRelation: null,
    failuresPlace: null,
    sample:
      failures === 0
        ? null
        : {
            columns: answer.columns.map((column) => column.name),
            rows: differing.slice(0, 10).map((row) => row.map((value) => asText(value))),
          },
  };
}

/** A name that no other input has, in any case: a source may have that of a model. */
function nameOf(input: GraphNode | 'this', taken: Set<string>): string {
  let name = input === 'this' ? 'this' : input.name;
  const isTaken = (): boolean => taken.has(name.toLowerCase());
  if (isTaken() && input !== 'this' && input.resourceType === 'source') {
    name = `${input.sourceName}__${input.name}`;
  }
  for (let i = 2, first = name; isTaken(); i += 1) name = `${first}__${i}`;
  taken.add(name.toLowerCase());
  return name;
}

/** A seed for which the test writes no rows gives its own, as in dbt. */
function ownRows(
  given: UnitTestRows & { readonly input: string },
  input: GraphNode | 'this',
  columns: readonly ColumnInfo[],
  test: UnitTestNode,
  run: NodeRun,
): string {
  if (input === 'this' || input.resourceType !== 'seed' || given.format !== 'dict') {
    throw new TechstoreError('compilation', `${test.name} has no rows for ${given.input}`, {
      place: test.place,
      hint: 'Add rows: to this input, or rows: [] for an empty input. Only seeds can be used without rows:.',
      exitCode: 1,
    });
  }
  if (columns.length === 0) throw notBuilt(given.input, test);
  return `select * from ${run.compiler.relationOf(input).toText()}`;
}

function notBuilt(what: string, test: UnitTestNode): TechstoreError {
  return new TechstoreError(
    'compilation',
    `${test.name} needs the columns of ${what}, which is not built`,
    {
      place: test.place,
      hint: 'First build what the model reads, or give the rows with format: sql.',
      exitCode: 1,
    },
  );
}

/** An enforced contract says what the model gives: asking the database for it takes longer than the test. */
function contractColumns(model: ModelNode): readonly FixtureColumn[] | null {
  if (!model.config.contract.enforced) return null;
  const columns: FixtureColumn[] = [];
  for (const { name, dataType } of Object.values(model.columns)) {
    if (dataType === null) return null;
    columns.push({ name, type: dataType });
  }
  return columns.length === 0 ? null : columns;
}

function count(rows: readonly (readonly unknown[])[], side: string): number {
  return rows.filter((row) => row[0] === side).length;
}

async function inputOf(
  input: string,
  test: UnitTestNode,
  model: ModelNode,
  run: NodeRun,
): Promise<GraphNode | 'this'> {
  if (/^\s*this\s*$/.test(input)) return 'this';
  const match = /^\s*(ref|source)\s*\(\s*(.*?)\s*\)\s*$/s.exec(input);
  const texts = [...(match?.[2] ?? '').matchAll(/(['"])(.*?)\1/g)].map((m) => m[2] ?? '');
  const found = run.compiler.nodeOfCall(match?.[1] ?? '', texts, model.packageName);
  if (found !== null && model.dependsOn.nodes.includes(found.uniqueId)) return found;
  throw new TechstoreError(
    'compilation',
    `${test.name} has rows for ${input}, which ${model.name} does not read`,
    {
      place: test.place,
      hint: "An input is ref('…'), source('…', '…') or this, as the model writes it.",
      exitCode: 1,
    },
  );
}

function onceFor(node: GraphNode, run: NodeRun): Promise<readonly ColumnInfo[]> {
  const known = run.columns.get(node.uniqueId);
  if (known !== undefined) return known;
  const asked = columnsOf(node, run);
  run.columns.set(node.uniqueId, asked);
  return asked;
}

/** Columns of the table as it is in the database, else as its YAML or its query gives them. */
async function columnsOf(node: GraphNode, run: NodeRun): Promise<readonly ColumnInfo[]> {
  if (isEphemeral(node)) {
    const { sql } = await run.compiler.compile(node, { backend: run.backend });
    return run.connection.describe(sql);
  }
  if (
    node.resourceType !== 'model' &&
    node.resourceType !== 'seed' &&
    node.resourceType !== 'source'
  )
    return [];
  return run.connection.columnsOf(relationOf(node));
}

/** The query of `format: sql`; nothing where the YAML has a list. */
function sqlOf(fixture: UnitTestRows): string {
  return typeof fixture.rows === 'string' ? fixture.rows : '';
}

function rowsOf(fixture: UnitTestRows): readonly FixtureRow[] {
  if (typeof fixture.rows !== 'string') return fixture.rows ?? [];
  return parseSmallCsv(fixture.rows);
}

function rowsAsSql(
  fixture: UnitTestRows,
  columns: readonly ColumnInfo[],
  what: string,
  test: UnitTestNode,
  run: NodeRun,
): string {
  if (fixture.format === 'sql') return sqlOf(fixture);
  if (columns.length === 0) throw notBuilt(what, test);
  return rowsQuery(rowsOf(fixture), columns, literals(run), what, test.place);
}

function literals(run: NodeRun): { quote: (n: string) => string; literal: (t: string) => string } {
  return {
    quote: (n) => run.dialect.quoteIdentifier(n),
    literal: (t) => run.dialect.quoteLiteral(t),
  };
}

function expectedSql(
  test: UnitTestNode,
  columns: readonly FixtureColumn[],
  run: NodeRun,
): { sql: string; columns: string[] } {
  if (test.expect.rows === null) {
    throw new TechstoreError('compilation', `${test.name} does not say which rows it expects`, {
      place: test.place,
      hint: 'Add rows: under expect:. Use rows: [] if the model should return none.',
      exitCode: 1,
    });
  }
  const names = columns.map((column) => column.name);
  if (test.expect.format === 'sql') return { sql: sqlOf(test.expect), columns: names };
  const rows = rowsOf(test.expect);
  // Only the columns that the test names are compared; without rows, all of them are.
  const named = new Set(rows.flatMap((row) => Object.keys(row).map((key) => key.toLowerCase())));
  const compared =
    rows.length === 0 ? columns : columns.filter((c) => named.has(c.name.toLowerCase()));
  // Unknown keys are told with all columns of the model, not only with those compared.
  rowsQuery(rows, columns, literals(run), `The model of ${test.name}`, test.place);
  return {
    sql: rowsQuery(rows, compared, literals(run), test.name, test.place),
    columns: compared.map((column) => column.name),
  };
}
