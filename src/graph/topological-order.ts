/** Order in which every node comes after those it waits for. */

export interface Ordered {
  readonly order: readonly string[];
  /** Ids that stand in a circle or below one; empty where there is none. */
  readonly left: ReadonlySet<string>;
}

/** A binary heap of texts: the least comes out first. */
class LeastFirst {
  readonly #items: string[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(item: string): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((items[up] as string) <= item) break;
      items[at] = items[up] as string;
      at = up;
    }
    items[at] = item;
  }

  pop(): string | undefined {
    const items = this.#items;
    const least = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return least;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && (items[down + 1] as string) < (items[down] as string)) {
        down += 1;
      }
      if (last <= (items[down] as string)) break;
      items[at] = items[down] as string;
      at = down;
    }
    items[at] = last;
    return least;
  }
}

/** Of the nodes that may come next, the one with the least id does: the order is always the same. */
export function topologicalOrder(
  ids: Iterable<string>,
  parentsOf: (id: string) => Iterable<string>,
  childrenOf: (id: string) => Iterable<string>,
): Ordered {
  const waiting = new Map<string, number>();
  const ready = new LeastFirst();
  for (const id of ids) waiting.set(id, [...parentsOf(id)].length);
  for (const [id, count] of waiting) if (count === 0) ready.push(id);
  const order: string[] = [];
  while (ready.size > 0) {
    const id = ready.pop() as string;
    order.push(id);
    waiting.delete(id);
    for (const child of childrenOf(id)) {
      const count = (waiting.get(child) ?? 0) - 1;
      waiting.set(child, count);
      if (count === 0) ready.push(child);
    }
  }
  return { order, left: new Set(waiting.keys()) };
}
