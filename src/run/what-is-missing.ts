/** Why a working build can't be published yet. */
import { seedsOfSources } from '../graph/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { NodeStates } from '../manifest/node-state.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import { badStatuses } from './bad-statuses.js';

/** What stands in the way, and the command that gets it out of the way. */
export interface Missing {
  /** A sentence without its end: `2 models were not run: a, b`. */
  readonly what: string;
  readonly command: string;
}

export interface WorkingBuild {
  readonly manifest: Manifest;
  readonly states: NodeStates;
  /** Nodes whose tables another version of the project made. */
  readonly stale: readonly GraphNode[];
}

/** The first thing that a build of the whole project has and this one has not; null if that is nothing. */
export function whatIsMissing({ manifest, states, stale }: WorkingBuild): Missing | null {
  const all = [...manifest.nodes.values()];
  const replaced = replacedSeeds(manifest, states);
  const isUnmade = (node: GraphNode): boolean => states[node.uniqueId] === undefined;
  const isBad = (node: GraphNode): boolean =>
    badStatuses.includes(states[node.uniqueId]?.status ?? 'skipped');
  const seeds = all.filter(
    (node) => node.resourceType === 'seed' && !replaced.has(node.uniqueId) && isUnmade(node),
  );
  const models = all.filter((node) => node.resourceType === 'model' && !isEphemeral(node));
  const tests = all.filter(mustPass);
  return (
    told(seeds, 'seed', 'not loaded', 'seed') ??
    told(models.filter(isUnmade), 'model', 'not run', 'run') ??
    told(stale.filter(isTable('seed')), 'seed', 'changed since', 'seed') ??
    told(stale.filter(isTable('model')), 'model', 'changed since', 'run') ??
    told(models.filter(isBad), 'model', 'not built', 'run') ??
    told(tests.filter(isFailed(states)), 'test', 'failed', 'test') ??
    told(tests.filter(isBad), 'test', 'not run', 'test')
  );
}

/** Tests whose failure keeps a build from being published. */
function mustPass(node: GraphNode): boolean {
  if (node.resourceType === 'unit_test') return true;
  return node.resourceType === 'test' && node.config.severity !== 'warn';
}

function isTable(type: 'model' | 'seed'): (node: GraphNode) => boolean {
  return (node) => node.resourceType === type && !isEphemeral(node);
}

function isFailed(states: NodeStates): (node: GraphNode) => boolean {
  return ({ uniqueId }) => ['fail', 'error'].includes(states[uniqueId]?.status ?? '');
}

/** Seeds that files of `--sources` took the place of. */
function replacedSeeds(manifest: Manifest, states: NodeStates): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [source, seed] of seedsOfSources(manifest))
    if (states[source] !== undefined) found.add(seed);
  return found;
}

const verbs = {
  'not loaded': ['was not loaded', 'were not loaded'],
  'not run': ['was not run', 'were not run'],
  'not built': ['was not built', 'were not built'],
  'changed since': ['changed since it was built', 'changed since they were built'],
  failed: ['failed', 'failed'],
} as const;

function told(
  nodes: readonly GraphNode[],
  noun: string,
  verb: keyof typeof verbs,
  command: string,
): Missing | null {
  if (nodes.length === 0) return null;
  const names = nodes.map(({ name }) => name);
  const shown =
    names.length > 4
      ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
      : names.join(', ');
  const [one, many] = verbs[verb];
  return {
    what: `${nodes.length} ${noun}${nodes.length === 1 ? ` ${one}` : `s ${many}`}: ${shown}`,
    command:
      names.length > 4
        ? `techstore ${command}`
        : `techstore ${command} --select ${names.join(' ')}`,
  };
}
