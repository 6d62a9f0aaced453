/** `state:new`, `state:modified` and their like: nodes against an earlier manifest. */
import { TechstoreError } from '../errors.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import { calledMacros } from './called-macros.js';
import type { Method } from './method-context.js';
import { previousManifest, type Json, type PreviousManifest } from './previous-manifest.js';
import * as compare from './same-contents.js';
import { didYouMean } from '../ground/did-you-mean.js';

/** Packages whose macros come with a program: dbt has several, and this one has one. */
const builtIn = ['dbt', 'dbt_duckdb', 'dbt_databricks', 'dbt_spark'];

/** Unique ids of the macros of the project and its packages that are new, changed or gone. */
function changedMacros(manifest: Manifest, previous: PreviousManifest): Set<string> {
  // Built-in macros differ between programs and their versions, not by the user's hand.
  const own = (id: string) => !builtIn.some((name) => id.startsWith(`macro.${name}.`));
  const changed = new Set<string>();
  for (const [id, macro] of manifest.macros) {
    if (own(id) && previous.macros.get(id)?.trim() !== macro.macroSql.trim()) changed.add(id);
  }
  for (const id of previous.macros.keys()) {
    if (own(id) && !manifest.macros.has(id)) changed.add(id);
  }
  return changed;
}

/** Whether a node calls one of the macros, directly or through others. */
function macroCheck(manifest: Manifest, previous: PreviousManifest): (node: GraphNode) => boolean {
  const changed = changedMacros(manifest, previous);
  return (node) =>
    changed.size > 0 && [...calledMacros(node, manifest)].some((id) => changed.has(id));
}

type Check = (node: GraphNode, old: Json) => boolean;

/** Whether one aspect changed. Nodes that have no such aspect never match. */
const aspects: Readonly<Record<string, { has: (node: GraphNode) => boolean; same: Check }>> = {
  body: {
    has: compare.isParsed,
    same: (n, old) => compare.isParsed(n) && compare.sameBody(n, old),
  },
  configs: { has: (n) => n.resourceType !== 'unit_test', same: compare.sameConfig },
  persisted_descriptions: {
    has: compare.isParsed,
    same: (n, old) => compare.isParsed(n) && compare.samePersistedDescription(n, old),
  },
  relation: {
    has: (n) => compare.isParsed(n) || n.resourceType === 'source',
    same: (n, old) =>
      (compare.isParsed(n) || n.resourceType === 'source') && compare.sameRelation(n, old),
  },
  contract: { has: compare.isParsed, same: compare.sameContract },
};

export const stateValues = [
  'new',
  'old',
  'modified',
  'unmodified',
  'modified.body',
  'modified.configs',
  'modified.persisted_descriptions',
  'modified.relation',
  'modified.macros',
  'modified.contract',
];

export const state: Method = (value, _args, { manifest, state: given }) => {
  if (given === undefined) {
    throw new TechstoreError('selection', 'state: needs an earlier manifest to compare with', {
      hint: 'Pass --state with the folder that holds its manifest.json.',
    });
  }
  if (!stateValues.includes(value)) {
    throw new TechstoreError('selection', `'${value}' is not a state`, {
      hint: `${didYouMean(value, stateValues) ?? ''} States: ${stateValues.join(', ')}.`.trim(),
    });
  }
  const previous = previousManifest(given.manifest);
  const callsChanged = macroCheck(manifest, previous);
  const [word, aspect] = value.split('.');
  const modified = (node: GraphNode): boolean => {
    const old = previous.nodes.get(node.uniqueId);
    const known = old && given.modifiedCheck?.(node, old, aspect ?? 'contents');
    if (known !== undefined) return known;
    if (aspect === 'macros') return callsChanged(node);
    if (aspect === undefined) {
      // A source or an exposure that is new is no modified one, as dbt has it.
      const counts = node.resourceType !== 'source' && node.resourceType !== 'exposure';
      return (old ? !compare.sameContents(node, old) : counts) || callsChanged(node);
    }
    const check = aspects[aspect];
    return check !== undefined && check.has(node) && (!old || !check.same(node, old));
  };
  switch (word) {
    case 'new':
      return (node) => !previous.nodes.has(node.uniqueId);
    case 'old':
      return (node) => previous.nodes.has(node.uniqueId);
    case 'unmodified':
      return (node) => !modified(node);
    default:
      return modified;
  }
};
