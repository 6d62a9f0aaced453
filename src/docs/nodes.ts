/** Nodes of the project as pages of the site. */
import { plainObject } from '../artifacts/index.js';
import { layerOf } from '../lineage/index.js';
import type { CatalogTable } from '../manifest/catalog.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import { nodeName } from '../manifest/node-name.js';
import { relationOf } from '../manifest/relation-of.js';
import type { GraphNode, MacroEntry } from '../manifest/nodes.js';
import { exposureParts, sourceParts, testParts, unitParts } from './node-parts.js';
import type { SiteColumn, SiteMeta, SiteNode, SiteResult } from './page/site/site-data.js';
import type { SiteInput } from './site-input.js';

export interface PageContext {
  readonly input: SiteInput;
  readonly columns: ReadonlyMap<string, readonly SiteColumn[]>;
  readonly results: ReadonlyMap<string, SiteResult>;
}

export function siteNode(node: GraphNode, context: PageContext): SiteNode {
  const { input, columns, results } = context;
  const { uniqueId: id } = node;
  const table = input.catalog?.nodes.get(id) ?? input.catalog?.sources.get(id);
  const result = results.get(id);
  const sample = input.samples?.get(id);
  const own = columns.get(id);
  const gap = input.columns?.gaps[id];
  const { owner } = node.meta;
  const line = node.place.line;
  return {
    id,
    type: node.resourceType,
    name: nodeName(node),
    package: node.packageName,
    path: node.originalFilePath,
    ...(line === undefined ? {} : { line }),
    layer: layerOf(node),
    tags: node.tags,
    description: node.description,
    ...metaPart(node.meta),
    ...ownerPart(owner ?? table?.owner),
    ...('config' in node && 'group' in node.config && node.config.group !== null
      ? { group: node.config.group }
      : {}),
    ...relationParts(node, table, context),
    ...(own === undefined ? {} : { columns: own }),
    ...(gap === undefined ? {} : { gap }),
    ...codeParts(node, context),
    parents: input.graph.parents(id),
    ...(result === undefined ? {} : { result }),
    ...(sample === undefined ? {} : { sample }),
    ...(node.resourceType === 'source' ? sourceParts(node, input.freshness) : {}),
    ...(node.resourceType === 'test' ? testParts(node) : {}),
    ...(node.resourceType === 'unit_test' ? unitParts(node) : {}),
    ...(node.resourceType === 'exposure' ? exposureParts(node) : {}),
  };
}

export function macroNode(macro: MacroEntry): SiteNode {
  return {
    id: macro.uniqueId,
    type: 'macro',
    name: macro.name,
    package: macro.packageName,
    path: macro.originalFilePath,
    line: macro.line,
    layer: 'macro',
    tags: [],
    description: macro.description,
    ...metaPart(macro.meta),
    raw: macro.macroSql,
    parents: [],
    macros: ownMacros(macro.dependsOn.macros),
    arguments: macro.arguments,
  };
}

function metaPart(meta: Record<string, unknown>): { meta?: SiteMeta } {
  return Object.keys(meta).length === 0 ? {} : { meta: plainObject(meta) };
}

/** A name, or `{name, email}` as dbt's groups have it. */
function ownerPart(owner: unknown): { owner?: string } {
  if (typeof owner === 'string' && owner !== '') return { owner };
  if (typeof owner !== 'object' || owner === null) return {};
  const { name, email } = owner as { name?: unknown; email?: unknown };
  const words = [name, email].filter((word) => typeof word === 'string');
  return words.length === 0 ? {} : { owner: words.join(', ') };
}

function relationParts(
  node: GraphNode,
  table: CatalogTable | undefined,
  { input }: PageContext,
): Partial<SiteNode> {
  const state = input.kept?.states[node.uniqueId];
  const stat = (id: string): number | null => {
    const value = table?.stats.find((one) => one.id === id)?.value;
    const number = typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : null;
  };
  const rows = stat('num_rows') ?? (table === undefined ? null : (state?.rows ?? null));
  const bytes = stat('bytes');
  const further = (table?.stats ?? []).filter(
    ({ id, include, value }) =>
      include && value !== null && !['num_rows', 'bytes', 'has_stats'].includes(id),
  );
  return {
    ...('config' in node && 'materialized' in node.config && node.resourceType === 'model'
      ? { materialized: node.config.materialized }
      : {}),
    ...(node.resourceType === 'model' ? { access: node.access } : {}),
    ...(node.resourceType === 'source' ||
    node.resourceType === 'seed' ||
    (node.resourceType === 'model' && !isEphemeral(node))
      ? { relation: input.dialect.renderRelation(relationOf(node)) }
      : {}),
    ...(table === undefined ? {} : { relationKind: table.type }),
    ...(rows === null ? {} : { rows }),
    ...(bytes === null ? {} : { bytes }),
    ...(further.length === 0
      ? {}
      : { stats: further.map(({ label, value }) => [label, String(value)] as const) }),
  };
}

function codeParts(node: GraphNode, { input }: PageContext): Partial<SiteNode> {
  if (!('rawCode' in node) || node.rawCode === '') return {};
  const compiled = input.compiled.get(node.uniqueId);
  return {
    raw: node.rawCode,
    macros: ownMacros(node.dependsOn.macros),
    ...(compiled?.sql == null ? {} : { compiled: compiled.sql }),
    ...(compiled?.reason == null ? {} : { notCompiled: compiled.reason }),
  };
}

/** Those that have a page. */
function ownMacros(ids: readonly string[]): readonly string[] {
  return ids.filter((id) => !id.startsWith('macro.dbt.'));
}
