/** Circles of nodes that wait for each other, and the error that shows one. */
import { formatPlace, TechstoreError } from '../errors.js';
import type { GraphNode } from '../manifest/nodes.js';

/**
 * One circle among nodes that each have a parent among them: from the least id,
 * in the order of dependency (each one is needed by the next).
 */
export function findCycle(
  left: ReadonlySet<string>,
  parentsOf: (id: string) => Iterable<string>,
): string[] {
  // Every node left has a parent left, so going up must come round.
  const path: string[] = [];
  const seen = new Map<string, number>();
  let at = [...left].sort()[0] as string;
  while (!seen.has(at)) {
    seen.set(at, path.length);
    path.push(at);
    at = [...parentsOf(at)].filter((id) => left.has(id)).sort()[0] as string;
  }
  const circle = path.slice(seen.get(at)).reverse();
  const least = circle.indexOf([...circle].sort()[0] as string);
  return [...circle.slice(least), ...circle.slice(0, least)];
}

/** @returns the error that names the nodes of a circle and their files. */
export function cycleError(
  circle: readonly string[],
  nodeOf: (id: string) => GraphNode | undefined,
): TechstoreError {
  const nodes = circle.map((id) => nodeOf(id));
  const lines = nodes.map((node, i) => {
    const needed = nodes[(i + nodes.length - 1) % nodes.length];
    const file = node === undefined ? '' : ` (${node.originalFilePath})`;
    return `  ${node?.name ?? circle[i]}${file} depends on ${needed?.name ?? ''}`;
  });
  const names = [...nodes, nodes[0]].map((node, i) => node?.name ?? circle[i % circle.length]);
  const first = nodes[0];
  return new TechstoreError(
    'compilation',
    `Nodes form a dependency cycle: ${names.join(' -> ')}\n${lines.join('\n')}`,
    {
      ...(first === undefined ? {} : { place: first.place }),
      hint:
        first === undefined
          ? 'Remove one of these references.'
          : `Remove one of these references, for example in ${formatPlace({ file: first.originalFilePath })}.`,
    },
  );
}
