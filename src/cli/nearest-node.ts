import { didYouMeanFirst } from '../ground/did-you-mean.js';
import type { LoadedProject } from './load.js';

const shown: ReadonlySet<string> = new Set(['model', 'seed', 'analysis']);

/** `Did you mean 'gold_sales_metrics'? ` for a name that no model, seed or analysis has, else nothing. */
export function nearestNode(name: string, { manifest }: LoadedProject): string {
  const names = [...manifest.nodes.values()]
    .filter(({ resourceType }) => shown.has(resourceType))
    .map((node) => node.name);
  return didYouMeanFirst(name, names);
}
