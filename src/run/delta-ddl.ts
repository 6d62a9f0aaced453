/** The clauses and statements of a model's Delta table, from dbt's settings. */
import { TechstoreError } from '../errors.js';
import type { Dialect, RelationName } from '../engine/engine.js';
import type { Column, ColumnConstraint, ModelNode } from '../manifest/nodes.js';

/** The clauses between the table's name and its query: format, layout, location, comment, properties. */
export function tableClauses(node: ModelNode, relation: RelationName, dialect: Dialect): string {
  const { extra, persistDocs } = node.config;
  const q = (name: string): string => dialect.quoteIdentifier(name);
  const lines = [`using ${fileFormat(node)}`];
  const partitions = names(node, 'partition_by');
  const clusters = names(node, 'liquid_clustered_by');
  if (partitions.length > 0 && clusters.length > 0) {
    throw wrong(node, 'partition_by and liquid_clustered_by cannot be combined');
  }
  if (partitions.length > 0) lines.push(`partitioned by (${partitions.map(q).join(', ')})`);
  if (clusters.length > 0) lines.push(`cluster by (${clusters.map(q).join(', ')})`);
  const root = extra['location_root'];
  if (typeof root === 'string') {
    const folder = `${root.replace(/\/+$/, '')}/${relation.schema}/${relation.identifier}`;
    lines.push(`location ${dialect.quoteLiteral(folder)}`);
  }
  if (persistDocs.relation && node.description !== '') {
    lines.push(`comment ${dialect.quoteLiteral(node.description)}`);
  }
  const properties = Object.entries(record(node, 'tblproperties')).map(
    ([key, value]) => `${dialect.quoteLiteral(key)} = ${dialect.quoteLiteral(text(value))}`,
  );
  if (properties.length > 0) lines.push(`tblproperties (${properties.join(', ')})`);
  return lines.join('\n');
}

/** The columns of a model with a contract, in its order, with NOT NULL and comments. */
export function columnList(node: ModelNode, dialect: Dialect): string {
  const notNull = new Set(
    node.constraints
      .filter(({ type }) => type === 'not_null')
      .flatMap(({ columns }) => columns ?? [])
      .map((name) => name.toLowerCase()),
  );
  return Object.values(node.columns)
    .map((column) => {
      const required =
        notNull.has(column.name.toLowerCase()) ||
        column.constraints.some(({ type }) => type === 'not_null');
      const comment =
        node.config.persistDocs.columns && column.description !== ''
          ? ` comment ${dialect.quoteLiteral(column.description)}`
          : '';
      return `  ${dialect.quoteIdentifier(column.name)} ${column.dataType ?? ''}${required ? ' not null' : ''}${comment}`;
    })
    .join(',\n');
}

/** CHECK constraints, each in a separate statement, because Delta has no other way to add them. */
export function checkStatements(node: ModelNode, name: string, dialect: Dialect): string[] {
  const checks: ColumnConstraint[] = [
    ...node.constraints,
    ...Object.values(node.columns).flatMap((column) => column.constraints),
  ].filter(({ type }) => type === 'check');
  return checks.map((check, i) => {
    const constraint = dialect.quoteIdentifier(check.name ?? `${node.alias}_check_${i + 1}`);
    return `alter table ${name} add constraint ${constraint} check (${check.expression ?? 'true'})`;
  });
}

/** Column comments for a table whose columns come from its query, in one statement. */
export function columnComments(columns: readonly Column[], name: string, dialect: Dialect): string {
  const comments = columns.map(
    (column) =>
      `${dialect.quoteIdentifier(column.name)} comment ${dialect.quoteLiteral(column.description)}`,
  );
  return `alter table ${name} alter column ${comments.join(', ')}`;
}

function fileFormat(node: ModelNode): string {
  const format = node.config.extra['file_format'] ?? 'delta';
  if (format === 'delta') return 'delta';
  throw wrong(node, `file_format ${text(format)} is not supported: it must be delta`);
}

/** The value of a setting that is a name or a list of names. */
function names(node: ModelNode, key: string): string[] {
  const value = node.config.extra[key];
  if (value === undefined || value === null) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.every((item) => typeof item === 'string')) return list;
  throw wrong(node, `${key} must be the name of a column, or a list of names`);
}

function record(node: ModelNode, key: string): Record<string, unknown> {
  const value = node.config.extra[key] ?? {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(node, `${key} must be a map of keys`);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function wrong(node: ModelNode, message: string): TechstoreError {
  return new TechstoreError('compilation', `${node.name}: ${message}`, {
    place: { file: node.originalFilePath },
    exitCode: 1,
  });
}
