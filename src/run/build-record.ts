/** The record of a build: the state of each node, row counts, the version of the code. */
import type { Manifest } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import type { BuildDetails, Limited } from '../builds/index.js';
import { hash } from './fingerprint.js';
import type { NodeState, NodeStates } from '../manifest/node-state.js';
import { dataParents, type Command, type Plan } from './plan.js';

/** Of a relation of which nothing more is known. */
export const emptyState: NodeState = {
  fingerprint: null,
  status: 'success',
  rows: null,
  failures: null,
  message: null,
  relationType: null,
  relation: null,
  failuresRelation: null,
  failuresPlace: null,
  sample: null,
  executionTime: 0,
};

/**
 * @param kept states of the build that this one started from
 * @param tables rows of source files, and of tables that `--defer` copied, by unique id
 */
export function newStates(
  manifest: Manifest,
  planned: Plan,
  kept: NodeStates,
  results: ReadonlyMap<string, NodeResult>,
  { loaded, copied }: Readonly<Record<'loaded' | 'copied', ReadonlyMap<string, number>>>,
): NodeStates {
  const states: Record<string, NodeState> = {};
  const outdated = outdatedTests(manifest, planned, results);
  for (const [id, state] of Object.entries(kept)) {
    if (outdated.has(id)) continue;
    // What a test found stays known as long as its table does.
    const isElsewhere = planned.deferred.has(id) && !copied.has(id);
    if (planned.carry.has(id) || isElsewhere || (state.relation === null && manifest.nodes.has(id)))
      states[id] = state;
  }
  for (const [id, rows] of loaded) {
    const node = manifest.nodes.get(id);
    if (node?.resourceType !== 'source') continue;
    states[id] = {
      ...emptyState,
      fingerprint: planned.fingerprints.get(id) ?? null,
      status: 'success',
      rows,
      relationType: 'table',
      relation: { schema: node.schema, identifier: node.identifier },
    };
  }
  for (const [id, rows] of copied) {
    const node = manifest.nodes.get(id);
    if (node === undefined || !('alias' in node)) continue;
    const relation = { schema: node.schema, identifier: node.alias };
    states[id] = { ...emptyState, rows, relationType: 'table', relation };
  }
  for (const result of results.values()) {
    if (result.carriedOver) {
      const state = kept[result.uniqueId];
      if (state !== undefined) states[result.uniqueId] = state;
      continue;
    }
    const node = manifest.nodes.get(result.uniqueId);
    if (node === undefined) continue;
    states[result.uniqueId] = {
      fingerprint: planned.fingerprints.get(result.uniqueId) ?? null,
      status: result.status,
      rows: result.rows,
      failures: result.failures,
      message: result.message,
      relationType: result.relationType,
      relation:
        result.relationType !== null && 'alias' in node
          ? { schema: node.schema, identifier: node.alias }
          : null,
      failuresRelation: result.failuresRelation,
      failuresPlace: result.failuresPlace,
      sample: result.sample,
      executionTime: result.executionTime,
    };
  }
  return states;
}

/** Tests whose last result is about tables that were made again since. */
function outdatedTests(
  manifest: Manifest,
  { edges, order }: Pick<Plan, 'edges' | 'order'>,
  results: ReadonlyMap<string, NodeResult>,
): ReadonlySet<string> {
  const remade = new Set<string>();
  const outdated = new Set<string>();
  // Parents come before children, so one pass finds all descendants.
  for (const id of order) {
    const node = manifest.nodes.get(id);
    if (node === undefined) continue;
    const isRemade =
      results.get(id)?.carriedOver === false ||
      dataParents(node, manifest, edges).some((parent) => remade.has(parent));
    if (!isRemade) continue;
    const isTest = node.resourceType === 'test' || node.resourceType === 'unit_test';
    (isTest ? outdated : remade).add(id);
  }
  return outdated;
}

export function detailsOf(
  request: {
    readonly command: Command;
    readonly manifest: Manifest;
    readonly asOf: string | null;
    readonly version: string;
    readonly limited: Limited | undefined;
  },
  states: NodeStates,
  ok: boolean,
): BuildDetails {
  const rows: Record<string, number | null> = {};
  for (const [id, state] of Object.entries(states)) {
    if (state.relation === null) continue;
    const name = request.manifest.nodes.get(id)?.name ?? id;
    rows[name] = state.rows;
  }
  const { limited } = request;
  return {
    kind: request.command,
    ...(limited === undefined ? {} : { limited }),
    asOf: request.asOf,
    codeVersion: codeVersion(request.manifest),
    techstoreVersion: request.version,
    rows,
    nodes: states,
    message: ok ? whyNotPublished(request) : 'a model or a test failed',
  };
}

function whyNotPublished({
  command,
  limited,
}: {
  readonly command: Command;
  readonly limited: Limited | undefined;
}): string | null {
  if (limited !== undefined)
    return `made with --${limited}: its tables lack rows, so not published`;
  if (command === 'build') return null;
  return `made by techstore ${command}: not fully tested, so not published`;
}

/** A hash of the project's SQL and macros: builds with the same hash ran the same code. */
function codeVersion(manifest: Manifest): string {
  const parts: string[] = [];
  for (const node of manifest.nodes.values()) {
    // Seeds are data: what came in is told by the rows.
    if ('checksum' in node && node.resourceType !== 'seed')
      parts.push(node.uniqueId, node.checksum);
  }
  for (const macro of manifest.macros.values()) parts.push(macro.uniqueId, macro.macroSql);
  return hash(...parts).slice(0, 12);
}
