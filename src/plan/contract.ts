/** A model's contract: its query must give the columns that its YAML describes, and nothing else. */
import { join } from 'node:path';
import type { Compiled } from '../dbt/compile.js';
import type { Place } from '../errors.js';
import { TechstoreError } from '../errors.js';
import type { Connection, Dialect } from '../engine/engine.js';
import type { TypedColumn } from '../lineage/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { ModelNode } from '../manifest/nodes.js';
import { parseYaml, readText } from '../project/index.js';
import type { BindingDatabase } from './binding-database.js';
import { lastPlaceOf } from './line-of-name.js';
import { placeOfColumn } from './select-item.js';

/** @throws TechstoreError `contract` for an enforced contract that does not say every column with its type */
export function checkDeclared(node: ModelNode): void {
  const declared = Object.values(node.columns);
  const untyped = declared.filter((column) => column.dataType === null);
  if (declared.length > 0 && untyped.length === 0) return;
  const which =
    declared.length === 0
      ? 'describes no columns'
      : `gives no data_type for ${untyped.map((c) => c.name).join(', ')}`;
  throw new TechstoreError('contract', `The contract of ${node.name} ${which}`, {
    place: { file: node.patchPath ?? node.originalFilePath },
    hint: 'An enforced contract needs every column with its data_type.',
    exitCode: 1,
  });
}

/** A query whose columns are those of the contract, typed as the database spells them. */
export function declaredQuery(node: ModelNode, quote: (name: string) => string): string {
  const columns = Object.values(node.columns).map(
    (c) => `cast(null as ${c.dataType}) as ${quote(c.name)}`,
  );
  return `select ${columns.join(', ')}`;
}

/** The columns of a contract, as the database spells their types. */
export async function declaredColumns(
  node: ModelNode,
  connection: Pick<Connection, 'describe' | 'spellTypes'>,
  dialect: Pick<Dialect, 'quoteIdentifier'>,
): Promise<readonly TypedColumn[]> {
  const declared = Object.values(node.columns);
  const spelled = connection.spellTypes?.(declared.map((c) => c.dataType ?? ''));
  return spelled?.every((type) => type !== undefined)
    ? declared.map(({ name }, i) => ({ name, type: spelled[i] ?? '' }))
    : connection.describe(declaredQuery(node, dialect.quoteIdentifier));
}

/**
 * The error of a query that breaks the contract of its model, with the place of the first column that differs.
 *
 * @param root folder of the project
 * @returns null where there is no contract, or it holds
 */
export async function contractFault(
  node: ModelNode,
  actual: readonly TypedColumn[],
  compiled: Compiled,
  database: Pick<BindingDatabase, 'columnsOfContract' | 'tree'>,
  root: string,
): Promise<TechstoreError | null> {
  if (!node.config.contract.enforced || isEphemeral(node)) return null;
  try {
    checkDeclared(node);
  } catch (error) {
    return error as TechstoreError;
  }
  let expected: readonly TypedColumn[];
  try {
    expected = await database.columnsOfContract(node);
  } catch {
    // A type that only a build knows, such as one that a hook makes.
    return null;
  }
  const faults = contractDifferences(expected, actual);
  if (faults.length === 0) return null;
  const inSql = faults.find(({ isMissing }) => !isMissing);
  const at =
    inSql === undefined ? null : await placeInSql(inSql.column, actual, compiled.sql, database);
  const origin = at === null ? undefined : compiled.origin.originAt(at.line, at.column);
  return contractError(
    node,
    faults,
    origin?.place ?? columnPlace(node, faults[0]?.column ?? '', root),
  );
}

async function placeInSql(
  name: string,
  columns: readonly TypedColumn[],
  sql: string,
  database: Pick<BindingDatabase, 'tree'>,
): Promise<{ line: number; column: number } | null> {
  const parsed = await database.tree(sql);
  const index = columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const at = parsed === null ? null : placeOfColumn(parsed, sql, index, columns.length);
  return at ?? lastPlaceOf(name, sql);
}

export function contractError(
  node: ModelNode,
  faults: readonly ContractDifference[],
  place: Place,
): TechstoreError {
  return new TechstoreError(
    'contract',
    `${node.name} breaks its contract:\n${faults.map((f) => `  ${f.text}`).join('\n')}`,
    {
      place,
      hint: `Change the query, or its columns in ${node.patchPath ?? 'its YAML'}.`,
      exitCode: 1,
    },
  );
}

export interface ContractDifference {
  readonly column: string;
  /** True for a column that the query does not give. */
  readonly isMissing: boolean;
  readonly text: string;
}

export function contractDifferences(
  expected: readonly TypedColumn[],
  actual: readonly TypedColumn[],
): ContractDifference[] {
  const faults: ContractDifference[] = [];
  const found = new Map(actual.map((column) => [column.name.toLowerCase(), column]));
  const wanted = new Set(expected.map((column) => column.name.toLowerCase()));
  for (const { name, type } of expected) {
    const is = found.get(name.toLowerCase());
    if (is === undefined) {
      const text = `${name}: ${type} is missing in the query`;
      faults.push({ column: name, isMissing: true, text });
    } else if (is.type !== type) {
      const text = `${name}: the contract says ${type}, the query gives ${is.type}`;
      faults.push({ column: name, isMissing: false, text });
    }
  }
  for (const { name, type } of actual) {
    if (wanted.has(name.toLowerCase())) continue;
    faults.push({
      column: name,
      isMissing: false,
      text: `${name}: ${type} is not in the contract`,
    });
  }
  return faults;
}

/** Where YAML describes a column of the model; its file alone where that can't be read any more. */
function columnPlace(node: ModelNode, column: string, root: string): Place {
  if (node.patchPath === null) return { file: node.originalFilePath };
  try {
    const file = parseYaml(readText(join(root, node.patchPath), node.patchPath), node.patchPath);
    const { models } = file.value as { models: { name: string; columns: { name: string }[] }[] };
    const i = models.findIndex(({ name }) => name === node.name);
    const n = models[i]?.columns.findIndex(
      ({ name }) => name.toLowerCase() === column.toLowerCase(),
    );
    return file.placeOf(['models', i, 'columns', n ?? -1, 'name']);
  } catch {
    return { file: node.patchPath };
  }
}
