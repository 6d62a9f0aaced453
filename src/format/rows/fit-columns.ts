/** How wide each column of a table may be. */

export interface ColumnNeeds {
  /** Columns that its widest cell takes. */
  readonly wish: number;
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
  return capped(cap);
}
