/** Two builds, and the tables that are compared. */
import { rowKeys } from '../../diff/row-keys.js';
import type { TablePair } from '../../diff/table-change.js';
import { TechstoreError } from '../../errors.js';
import type { Manifest } from '../../manifest/nodes.js';
import {
  findBuild,
  tablesOf,
  type Build,
  type BuildTable,
  type OpenPair,
} from '../../builds/index.js';

export interface TwoBuilds {
  readonly from: Build;
  readonly to: Build;
}

/** By default what is published against the build before it; one name is compared with what is published. */
export function twoBuilds(kept: readonly Build[], names: readonly string[]): TwoBuilds {
  if (names.length > 2) {
    throw new TechstoreError('usage', `Only two builds can be compared, not ${names.length}`);
  }
  if (kept.length === 0) {
    throw new TechstoreError('publish', 'There are no builds yet', {
      hint: 'Run: techstore build',
    });
  }
  const [from = 'previous', to = 'published'] = names;
  const builds = { from: findBuild(kept, from), to: findBuild(kept, to) };
  if (builds.from.id === builds.to.id) {
    throw new TechstoreError('usage', `Both names refer to build ${builds.from.id}`, {
      hint: 'Name two different builds. techstore builds list shows them.',
    });
  }
  return builds;
}

/** A table is the same one where schema and name are, whichever node made it: a seed or a file. */
export function pairsOf(
  builds: TwoBuilds,
  opened: OpenPair,
  manifest: Manifest | null,
  chosen: (table: BuildTable) => boolean,
): readonly TablePair[] {
  const pairs = new Map<string, { from: BuildTable | null; to: BuildTable | null }>();
  for (const side of ['to', 'from'] as const) {
    for (const table of tablesOf(builds[side].record).filter(chosen)) {
      const place = `${table.schema}.${table.identifier}`.toLowerCase();
      const pair = pairs.get(place) ?? { from: null, to: null };
      pair[side] ??= table;
      pairs.set(place, pair);
    }
  }
  return [...pairs.values()].map(({ from, to }) => {
    const table = (to ?? from) as BuildTable;
    return {
      name: table.name,
      from: from === null ? null : opened.relationOf('from', from),
      to: to === null ? null : opened.relationOf('to', to),
      keys: manifest === null ? [] : rowKeys(manifest, table.id),
    };
  });
}
