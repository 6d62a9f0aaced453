/** Tables that a selection leaves out although they would change. */
import { TechstoreError } from '../errors.js';
import type { GraphNode } from '../manifest/nodes.js';
import type { Fingerprint } from './fingerprint.js';
import type { NodeStates } from '../manifest/node-state.js';

/** Nodes that do not run and whose fingerprint changed since the earlier build. */
export function staleNodes(
  order: readonly GraphNode[],
  runs: ReadonlySet<string>,
  prior: NodeStates,
  fresh: ReadonlyMap<string, Fingerprint>,
): GraphNode[] {
  return order.filter((node) => {
    const state = prior[node.uniqueId];
    const now = fresh.get(node.uniqueId) ?? null;
    if (node.resourceType === 'source' || runs.has(node.uniqueId)) return false;
    // SQL that asks the database has no fingerprint: nobody knows whether it would come out the same.
    return state !== undefined && now !== null && state.fingerprint !== null
      ? state.fingerprint !== now
      : false;
  });
}

interface Mixture {
  /** Tables that would stay unchanged; at least one. */
  readonly tables: readonly string[];
  readonly asOf: string | null;
  /** The date of the build whose tables would stay. */
  readonly earlierAsOf: string | null;
  /** True if the source files differ from those of that build. */
  readonly otherSources: boolean;
}

/**
 * One build has one date and one set of sources.
 *
 * @throws TechstoreError if the tables that stay have another date or other sources
 * @returns a warning if only code or variables differ
 */
export function judgeMixture({ tables, asOf, earlierAsOf, otherSources }: Mixture): string {
  const named =
    tables.length > 4
      ? `${tables.slice(0, 3).join(', ')} and ${tables.length - 3} more`
      : tables.join(', ');
  const what =
    asOf !== earlierAsOf
      ? `as of ${earlierAsOf ?? 'another date'}`
      : otherSources
        ? 'from other source files'
        : null;
  if (what !== null) {
    throw new TechstoreError(
      'selection',
      `This selection would publish inconsistent tables: ${named} would stay ${what}`,
      {
        hint: 'Build without --select and --exclude, or select what depends on the change: --select x+.',
      },
    );
  }
  return `Tables that were not selected stay as an earlier version of the project built them: ${named}`;
}

/** The warning about tables that stay although they would change. */
export function mixture(
  { asOf }: { readonly asOf: string | null },
  { stale, otherSources }: { readonly stale: readonly GraphNode[]; readonly otherSources: boolean },
  earlierAsOf: string | null,
): string[] {
  const tables = stale
    .filter((node) => node.resourceType === 'model' || node.resourceType === 'seed')
    .map((node) => node.name);
  if (tables.length === 0) return [];
  return [judgeMixture({ tables, asOf, earlierAsOf, otherSources })];
}
