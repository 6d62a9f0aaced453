/** Some rows of each table, for `--with-samples`. */
import type { OpenBuild } from '../../builds/index.js';
import type { Connection } from '../../engine/engine.js';
import type { SiteRows } from '../../docs/page/site/site-data.js';
import { cellTextOf } from '../../format/rows/cell-text.js';
import { relationOf } from '../../manifest/relation-of.js';
import type { Manifest } from '../../manifest/nodes.js';

/** @param ids those that exist */
export async function sampleRows(
  connection: Pick<Connection, 'query'>,
  opened: Pick<OpenBuild, 'engine' | 'placed'>,
  manifest: Manifest,
  { ids, limit }: { readonly ids: Iterable<string>; readonly limit: number },
): Promise<ReadonlyMap<string, SiteRows>> {
  const { dialect } = opened.engine;
  const { nodes } = opened.placed(manifest);
  const samples = new Map<string, SiteRows>();
  for (const id of ids) {
    const node = nodes.get(id);
    if (
      node?.resourceType !== 'model' &&
      node?.resourceType !== 'seed' &&
      node?.resourceType !== 'source'
    )
      continue;
    const name = dialect.renderRelation(relationOf(node));
    const { columns, rows } = await connection.query(`select * from ${name} limit ${limit}`);
    const texts = columns.map((column) => cellTextOf(column));
    samples.set(id, {
      columns: columns.map((column) => column.name),
      rows: rows.map((row) =>
        row.map((value, i) => (value === null ? null : (texts[i]?.(value) ?? null))),
      ),
    });
  }
  return samples;
}
