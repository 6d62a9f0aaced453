/** The check that dbt can't make, since it does not know the build before: a table that lost its rows. */
import type { Manifest } from '../manifest/nodes.js';
import type { NodeStates } from './node-state.js';

/** A sentence for each table with less than half of the rows it had in the published build. */
export function shrunkTables(before: NodeStates, now: NodeStates, manifest: Manifest): string[] {
  const sentences: string[] = [];
  for (const [id, state] of Object.entries(now)) {
    const had = before[id]?.rows ?? null;
    const { rows } = state;
    if (had === null || rows === null || had === 0 || rows * 2 >= had) continue;
    const name = manifest.nodes.get(id)?.name ?? id;
    sentences.push(
      `${name} has ${rows} rows, less than half of the ${had} it has in the published build`,
    );
  }
  return sentences;
}
