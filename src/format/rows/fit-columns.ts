/** How wide each column of a table may be. */

export interface ColumnNeeds {
  /** Columns that its widest cell takes. */
  readonly wish: number;
  /** Columns that would spare its title line ends; given only where others need none of them. */
  readonly title?: number;
  /** Columns it can't go below: a shortened number would be a wrong one. */
  readonly least: number;
}

/**
 * Widths whose sum is at most `space`: the widest give first, none below what it
 * needs at least. Null where that can't be.
 */
export function fitColumns(needs: readonly ColumnNeeds[], space: number): number[] | null {
  if (needs.reduce((sum, { least }) => sum + least, 0) > space) return null;
  const capped = (cap: number): number[] =>
    needs.map(({ wish, least }) => Math.max(least, Math.min(wish, cap)));
  const total = (widths: readonly number[]): number => widths.reduce((sum, w) => sum + w, 0);
  let cap = Math.max(0, ...needs.map(({ wish }) => wish));
  while (total(capped(cap)) > space) cap -= 1;
  return withTheRest(capped(cap), needs, space);
}

/** What is left goes to columns that were made narrower, then to titles. */
function withTheRest(
  widths: readonly number[],
  needs: readonly ColumnNeeds[],
  space: number,
): number[] {
  const given = [...widths];
  let rest = space - given.reduce((sum, width) => sum + width, 0);
  for (const wanted of [needs.map(({ wish }) => wish), needs.map(({ title = 0 }) => title)]) {
    // Those that lack least first: a little more of a title spares it no line end.
    const order = [...given.entries()].sort(
      ([i, a], [j, b]) => (wanted[i] ?? 0) - a - ((wanted[j] ?? 0) - b),
    );
    for (const [i, width] of order) {
      if (rest === Infinity) given[i] = Math.max(width, wanted[i] ?? 0);
      const more = Math.max(0, Math.min(rest, (wanted[i] ?? 0) - width));
      if (rest === Infinity || more === 0) continue;
      given[i] = width + more;
      rest -= more;
    }
  }
  return given;
}
