/** Everything that can be reached from a start in at most `depth` steps, itself included. */
export function within(
  start: string,
  next: (key: string) => readonly string[],
  depth = Infinity,
): Set<string> {
  const seen = new Set([start]);
  let layer = [start];
  for (let step = 0; step < depth && layer.length > 0; step += 1) {
    layer = [...new Set(layer.flatMap(next))].filter((key) => !seen.has(key));
    for (const key of layer) seen.add(key);
  }
  return seen;
}
