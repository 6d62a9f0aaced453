/** The one order of the project's nodes: every node comes after those it waits for. */
import { childrenOf, type Edges } from './edges.js';

export interface Ordered {
  readonly order: readonly string[];
  /** Ids that stand in a circle or below one; empty where there is none. */
  readonly left: ReadonlySet<string>;
}

/** A binary heap of numbers: the least comes out first. */
class LeastFirst {
  readonly #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((items[up] as number) <= item) break;
      items[at] = items[up] as number;
      at = up;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const least = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return least;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && (items[down + 1] as number) < (items[down] as number)) {
        down += 1;
      }
      if (last <= (items[down] as number)) break;
      items[at] = items[down] as number;
      at = down;
    }
    items[at] = last;
    return least;
  }
}

/**
 * Of the nodes that may come next, the one that stands first in `edges` does: the order is
 * always the same. A parent that is not in `edges` itself holds nothing back.
 */
export function topologicalOrder(edges: Edges): Ordered {
  const ids = [...edges.keys()];
  const places = new Map(ids.map((id, place) => [id, place]));
  const children = childrenOf(edges);
  const waiting = new Map<string, number>();
  const ready = new LeastFirst();
  ids.forEach((id, place) => {
    const count = edges.get(id)?.filter((parent) => places.has(parent)).length ?? 0;
    waiting.set(id, count);
    if (count === 0) ready.push(place);
  });
  const order: string[] = [];
  while (ready.size > 0) {
    const id = ids[ready.pop() as number] as string;
    order.push(id);
    waiting.delete(id);
    for (const child of children.get(id) ?? []) {
      const count = (waiting.get(child) ?? 0) - 1;
      waiting.set(child, count);
      if (count === 0) ready.push(places.get(child) as number);
    }
  }
  return { order, left: new Set(waiting.keys()) };
}
