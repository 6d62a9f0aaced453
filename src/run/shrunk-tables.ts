/** Warns about tables that lost rows. dbt cannot check this, because it does not know the previous build. */
import { seedsOfSources } from '../graph/index.js';
import type { Manifest } from '../manifest/nodes.js';
import type { NodeStates } from '../manifest/node-state.js';
import { rejectedRowsOf } from '../manifest/rejected-rows.js';

/**
 * A sentence for each table with less than half of its rows in the published build. Its descendants
 * are only counted. The model of rejected rows is exempt.
 */
export function shrunkTables(before: NodeStates, now: NodeStates, manifest: Manifest): string[] {
  const setAside = rejectedRowsOf(manifest)?.model.uniqueId;
  const shrunk = new Map<string, { readonly had: number; readonly rows: number }>();
  for (const [id, { rows }] of Object.entries(now)) {
    const had = before[id]?.rows ?? null;
    if (had === null || rows === null || had === 0 || rows * 2 >= had) continue;
    if (id !== setAside) shrunk.set(id, { had, rows });
  }
  if (shrunk.size === 0) return [];
  const causes = causesAmong(shrunk, manifest);
  const below = new Map<string, number>();
  for (const [id, cause] of causes) if (cause !== id) below.set(cause, (below.get(cause) ?? 0) + 1);
  return [...shrunk].flatMap(([id, { had, rows }]) => {
    if (causes.get(id) !== id) return [];
    const others = below.get(id) ?? 0;
    const also =
      others === 0 ? '' : `; ${others} table${others === 1 ? '' : 's'} built from it shrank too`;
    return `${manifest.nodes.get(id)?.name ?? id} has ${rows} rows, less than half of the ${had} it has in the published build${also}`;
  });
}

/** Maps each of these tables to its first ancestor among them, or to itself. */
function causesAmong(
  shrunk: ReadonlyMap<string, unknown>,
  manifest: Manifest,
): ReadonlyMap<string, string> {
  const seeds = seedsOfSources(manifest);
  const known = new Map<string, string | null>();
  const causeOf = (id: string): string | null => {
    const found = known.get(id);
    if (found !== undefined) return found;
    known.set(id, null);
    const node = manifest.nodes.get(id);
    const seed = seeds.get(id);
    const parents = [
      ...(node !== undefined && 'dependsOn' in node ? node.dependsOn.nodes : []),
      ...(seed === undefined ? [] : [seed]),
    ];
    let cause: string | null = null;
    for (const parent of parents) cause ??= causeOf(parent);
    cause ??= shrunk.has(id) ? id : null;
    known.set(id, cause);
    return cause;
  };
  return new Map([...shrunk.keys()].map((id) => [id, causeOf(id) ?? id]));
}
