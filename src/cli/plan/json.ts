/** A plan as JSON. */
import { isEphemeral } from '../../manifest/is-ephemeral.js';
import type { GraphNode } from '../../manifest/nodes.js';
import type { BoundModel } from '../../plan/bind.js';
import type { ChangedColumns } from '../../plan/column-changes.js';
import type { Readers } from '../../plan/readers.js';
import type { Reason } from '../../plan/reasons.js';
import type { PlannedBuild, PlannedNode } from './planned-build.js';
import { sqlDiff } from './sql-diff.js';

export function planJson(build: PlannedBuild, target: string): object {
  return {
    target,
    base: build.base === null ? null : { build: build.base.id, as_of: build.base.record.asOf },
    causes_known: build.hasCode,
    ok: ![...build.nodes, ...build.ephemeral].some(({ bound }) => bound?.kind === 'error'),
    nodes: [
      ...build.ephemeral.map(nodeJson),
      ...build.nodes.map(nodeJson),
      ...build.unchanged.map((node) => ({ ...namesOf(node), action: 'none', reasons: [] })),
    ],
    warnings: build.warnings,
  };
}

function namesOf({ uniqueId, name, resourceType, originalFilePath }: GraphNode): object {
  return {
    unique_id: uniqueId,
    name,
    resource_type: resourceType,
    path: originalFilePath,
  };
}

function nodeJson({ node, reasons, bound, columns, readers }: PlannedNode): object {
  return {
    ...namesOf(node),
    action: node.resourceType === 'source' ? 'load' : isEphemeral(node) ? 'none' : 'run',
    reasons: reasons.map((reason) => reasonJson(reason, node)),
    ...(bound === null ? {} : { check: checkJson(bound) }),
    columns: columns === null ? null : columnsJson(columns, readers),
  };
}

function columnsJson(
  { gained, lost, retyped }: ChangedColumns,
  readers: ReadonlyMap<string, Readers>,
): object {
  return {
    gained,
    lost: lost.map((column) => ({ ...column, readers: readers.get(column.name) })),
    retyped: retyped.map((column) => ({ ...column, readers: readers.get(column.name) })),
  };
}

function reasonJson({ kind, names, before }: Reason, node: GraphNode): object {
  const diff =
    before === undefined || before === null || !('rawCode' in node)
      ? {}
      : { diff: sqlDiff(before, node.rawCode) };
  return { reason: kind, names, ...diff };
}

function checkJson(bound: BoundModel): object {
  switch (bound.kind) {
    case 'bound':
      return { status: 'bound', columns: bound.columns };
    case 'below':
      return { status: 'skipped', because: bound.because };
    case 'unchecked':
      return { status: 'unchecked', why: bound.why };
    case 'error': {
      const { message, hint, place, excerpt } = bound.error;
      return {
        status: 'error',
        message,
        hint: hint ?? null,
        place: place ?? null,
        excerpt: excerpt ?? null,
      };
    }
  }
}
