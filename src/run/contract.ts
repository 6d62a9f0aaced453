/** A model's contract: its query must return exactly the columns that its YAML describes. */
import { TechstoreError } from '../errors.js';
import type { ColumnInfo, Connection, Dialect } from '../engine/engine.js';
import type { Column, ColumnConstraint, ModelNode } from '../manifest/nodes.js';

/**
 * @param lead what goes before each line of the query's own SQL, for `describe`
 * @throws TechstoreError `contract` with every column that differs
 */
export async function checkContract(
  node: ModelNode,
  sql: string,
  connection: Connection,
  dialect: Dialect,
): Promise<void> {
  const declared = Object.values(node.columns);
  const untyped = declared.filter((column) => column.dataType === null);
  if (declared.length === 0 || untyped.length > 0) {
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
  const actual = await connection.describe(sql);
  const spelled = connection.spellTypes?.(declared.map((c) => c.dataType ?? ''));
  const expected = spelled?.every((type) => type !== undefined)
    ? declared.map(({ name }, i) => ({ name, type: spelled[i] ?? '' }))
    : await connection.describe(
        `select ${declared.map((c) => `cast(null as ${c.dataType}) as ${dialect.quoteIdentifier(c.name)}`).join(', ')}`,
      );
  const faults = differences(expected, actual);
  if (faults.length === 0) return;
  throw new TechstoreError(
    'contract',
    `${node.name} breaks its contract:\n${faults.map((f) => `  ${f}`).join('\n')}`,
    {
      place: { file: node.originalFilePath },
      hint: `Change the query, or its columns in ${node.patchPath ?? 'its YAML'}.`,
      exitCode: 1,
    },
  );
}

type Typed = Pick<ColumnInfo, 'name' | 'type'>;

function differences(expected: readonly Typed[], actual: readonly Typed[]): string[] {
  const faults: string[] = [];
  const found = new Map(actual.map((column) => [column.name.toLowerCase(), column]));
  const wanted = new Set(expected.map((column) => column.name.toLowerCase()));
  for (const column of expected) {
    const is = found.get(column.name.toLowerCase());
    if (is === undefined) faults.push(`${column.name} (${column.type}) is missing from the query`);
    else if (is.type !== column.type) {
      faults.push(`${column.name} is ${column.type} in the contract, but ${is.type} in the query`);
    }
  }
  for (const column of actual) {
    if (!wanted.has(column.name.toLowerCase())) {
      faults.push(`${column.name} (${column.type}) is not in the contract`);
    }
  }
  return faults;
}

/** The columns and constraints of `create table`, in the contract's order. */
export function tableDefinition(node: ModelNode, dialect: Dialect): string {
  const columns = Object.values(node.columns).map((column) => columnDefinition(column, dialect));
  const constraints = node.constraints.map((constraint) => tableConstraint(constraint, dialect));
  return [...columns, ...constraints].join(',\n  ');
}

function columnDefinition(column: Column, dialect: Dialect): string {
  const constraints = column.constraints.map((constraint) => {
    switch (constraint.type) {
      case 'not_null':
        return 'not null';
      case 'unique':
        return 'unique';
      case 'primary_key':
        return 'primary key';
      case 'check':
        return `check (${constraint.expression ?? 'true'})`;
      case 'foreign_key':
        return `references ${constraint.expression ?? ''}`;
      case 'custom':
        return constraint.expression ?? '';
    }
  });
  return [dialect.quoteIdentifier(column.name), column.dataType ?? '', ...constraints]
    .join(' ')
    .trim();
}

function tableConstraint(constraint: ColumnConstraint, dialect: Dialect): string {
  const name =
    constraint.name === undefined ? '' : `constraint ${dialect.quoteIdentifier(constraint.name)} `;
  const columns = (constraint.columns ?? []).map((c) => dialect.quoteIdentifier(c)).join(', ');
  switch (constraint.type) {
    case 'primary_key':
      return `${name}primary key (${columns})`;
    case 'unique':
      return `${name}unique (${columns})`;
    case 'not_null':
      return `${name}check (${(constraint.columns ?? []).map((c) => `${dialect.quoteIdentifier(c)} is not null`).join(' and ')})`;
    case 'check':
      return `${name}check (${constraint.expression ?? 'true'})`;
    case 'foreign_key':
      return `${name}foreign key (${columns}) references ${constraint.expression ?? ''}`;
    case 'custom':
      return `${name}${constraint.expression ?? ''}`;
  }
}
