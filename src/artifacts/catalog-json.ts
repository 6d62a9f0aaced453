/** catalog.json in version 1 of dbt's schema. */
import type { Catalog, CatalogStat, CatalogTable } from '../manifest/catalog.js';
import { metadataJson, type ArtifactInfo } from './info.js';
import type { Json } from './plain.js';

/** What the database knows of the tables, as dbt's tools read it. */
export function catalogJson(catalog: Catalog, info: ArtifactInfo): Json {
  return {
    metadata: metadataJson('catalog/v1', info),
    nodes: tablesJson(catalog.nodes),
    sources: tablesJson(catalog.sources),
    errors: catalog.errors.length === 0 ? null : [...catalog.errors],
  };
}

function tablesJson(tables: ReadonlyMap<string, CatalogTable>): Json {
  return Object.fromEntries([...tables].map(([id, table]) => [id, tableJson(table)]));
}

function tableJson(table: CatalogTable): Json {
  const { database, schema, name, type, comment, owner, columns } = table;
  const stats = [...table.stats, hasStats(table.stats)];
  return {
    metadata: { type, schema, name, database, comment, owner },
    columns: Object.fromEntries(
      columns.map((column) => [
        column.name,
        { type: column.type, index: column.index, name: column.name, comment: column.comment },
      ]),
    ),
    stats: Object.fromEntries(stats.map((stat) => [stat.id, statJson(stat)])),
    unique_id: table.uniqueId,
  };
}

/** dbt's documentation asks for this one before it shows any. */
function hasStats(stats: readonly CatalogStat[]): CatalogStat {
  return {
    id: 'has_stats',
    label: 'Has Stats?',
    value: stats.some(({ include }) => include),
    include: false,
    description: 'Indicates whether there are statistics for this table',
  };
}

function statJson({ id, label, value, include, description }: CatalogStat): Json {
  return { id, label, value, include, description };
}
