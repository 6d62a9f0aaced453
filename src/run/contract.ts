/** A model's contract where its table is made: the check of its query, and the definition of its columns. */
import type { Connection, Dialect } from '../engine/engine.js';
import type { Column, ColumnConstraint, ModelNode } from '../manifest/nodes.js';
import {
  checkDeclared,
  contractDifferences,
  contractError,
  declaredColumns,
} from '../plan/contract.js';

/** @throws TechstoreError `contract` that lists every column that differs */
export async function checkContract(
  node: ModelNode,
  sql: string,
  connection: Connection,
  dialect: Dialect,
): Promise<void> {
  checkDeclared(node);
  const actual = await connection.describe(sql);
  const expected = await declaredColumns(node, connection, dialect);
  const faults = contractDifferences(expected, actual);
  if (faults.length > 0) throw contractError(node, faults, { file: node.originalFilePath });
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
