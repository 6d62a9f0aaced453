/** `require-dbt-version`: which versions of dbt a project was written for. */

/** The version of dbt whose behaviour this program has. */
export const dbtLevel = '1.11.0';

type Triple = readonly [number, number, number];

function tripleOf(text: string): Triple | undefined {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text);
  if (match === null) return undefined;
  return [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

function compare(a: Triple, b: Triple): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/**
 * Whether {@link dbtLevel} is one of the versions, such as `>=1.5.0,<2.0.0` or
 * a list of such bounds. A bound that cannot be read excludes nothing.
 */
export function acceptsOurLevel(bounds: readonly string[]): boolean {
  const own = tripleOf(dbtLevel) as Triple;
  return bounds
    .flatMap((text) => text.split(','))
    .every((text) => {
      const match = /^\s*(>=|<=|>|<|==?)?\s*v?(.*?)\s*$/.exec(text);
      const wanted = tripleOf(match?.[2] ?? '');
      if (wanted === undefined) return true;
      const order = compare(own, wanted);
      switch (match?.[1]) {
        case '>=':
          return order >= 0;
        case '<=':
          return order <= 0;
        case '>':
          return order > 0;
        case '<':
          return order < 0;
        default:
          return order === 0;
      }
    });
}
