import type { Build } from '../../builds/index.js';
import type { ServedBuilds } from './served-builds.js';

/** How long a look at the builds holds, in milliseconds. */
const LOOK_HOLDS = 500;

/** Lists the kept builds, newest first; many requests at once share one look. */
export function recentBuilds(
  store: Pick<ServedBuilds, 'listBuilds'>,
): () => Promise<readonly Build[]> {
  let builds: readonly Build[] = [];
  let looked = 0;
  return async () => {
    if (Date.now() - looked > LOOK_HOLDS) {
      looked = Date.now();
      builds = await store.listBuilds();
    }
    return builds;
  };
}
