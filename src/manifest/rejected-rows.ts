/** Which table of a project holds the rows that were set aside, as its meta says. */
import type { Manifest, ModelNode } from './nodes.js';

/**
 * `meta: {techstore: {rejected_rows: {table: source_table, reason: reason}}}` of a model:
 * what names the table that a row came from, and why it was set aside. SQL over the model's
 * columns, as dbt's `loaded_at_field` is: mostly the name of one.
 */
export interface RejectedRowsMeta {
  readonly table: string;
  readonly reason: string;
}

export interface RejectedRows extends RejectedRowsMeta {
  readonly model: ModelNode;
}

/** Null where the project has none. Parsing has refused a second one, and meta of another shape. */
export function rejectedRowsOf(manifest: Pick<Manifest, 'nodes'>): RejectedRows | null {
  return allRejectedRows(manifest)[0] ?? null;
}

/** One of each model whose meta says so. */
export function allRejectedRows({ nodes }: Pick<Manifest, 'nodes'>): RejectedRows[] {
  const found: RejectedRows[] = [];
  for (const node of nodes.values()) {
    if (node.resourceType !== 'model') continue;
    const own = node.meta['techstore'] as { rejected_rows?: RejectedRowsMeta | null } | undefined;
    const { table, reason } = own?.rejected_rows ?? {};
    if (table !== undefined && reason !== undefined) found.push({ model: node, table, reason });
  }
  return found;
}
