/**
 * Everything that a node's table depends on, as one hash: its compiled SQL (which includes the
 * effects of macros, variables and environment) without comments and layout, its configuration,
 * and the fingerprints of its parents. Equal fingerprints give equal tables.
 */
import { createHash } from 'node:crypto';
import { stableText } from '../dbt/stable-text.js';
import type { Fingerprint } from '../manifest/node-state.js';
import type { GraphNode } from '../manifest/nodes.js';
import type { OwnTexts } from '../plan/own-text.js';

export type { Fingerprint };

export interface FingerprintInputs {
  readonly texts: OwnTexts;
  /** The nodes to fingerprint, parents before children. */
  readonly order: readonly GraphNode[];
  /** Parents that are not in the manifest, such as the seed that creates a source. */
  parentsOf(node: GraphNode): readonly string[];
  /** Known fingerprints: of files of sources and seeds, and of reused tables. */
  readonly given: ReadonlyMap<string, Fingerprint>;
  /** The program's version, because a new version may build a different table from the same SQL. */
  readonly version: string;
  /** What a node's SQL reads that is no node; null where nobody knows what that holds. */
  readonly outside?: { ofSql(sql: string): Promise<readonly string[] | null>; asks(): void };
}

export async function fingerprints(inputs: FingerprintInputs): Promise<Map<string, Fingerprint>> {
  const known = new Map<string, Fingerprint>(inputs.given);
  const { settings = {} } = inputs.texts.session.target;
  const version =
    Object.keys(settings).length === 0 ? inputs.version : stableText([inputs.version, settings]);
  for (const node of inputs.order) {
    if (known.has(node.uniqueId)) continue;
    known.set(node.uniqueId, await fingerprintOf(node, { ...inputs, version }, known));
  }
  return known;
}

async function fingerprintOf(
  node: GraphNode,
  inputs: FingerprintInputs,
  known: ReadonlyMap<string, Fingerprint>,
): Promise<Fingerprint> {
  const { text, sql, compilation } = await inputs.texts.of(node);
  const { outside } = inputs;
  if (compilation?.kind === 'asks') outside?.asks();
  const read = sql === null || outside === undefined ? [] : await outside.ofSql(sql);
  const parents: string[] = [];
  for (const parent of [...inputs.parentsOf(node)].sort()) {
    const fingerprint = known.get(parent);
    if (fingerprint === null) return null;
    // A node that refers to nothing known, such as a source without a file, stands for its name.
    parents.push(fingerprint ?? parent);
  }
  if (text === null || read === null) return null;
  return hash(inputs.version, node.resourceType, node.uniqueId, text, ...parents, ...read);
}

export function hash(...parts: readonly string[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest('hex').slice(0, 32);
}
