/** Quantities as characters: a bar in a row, a line of small columns over time. */

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A bar of at most `width` columns; whatever is more than nothing shows. Negative is nothing. */
export function bar(value: number, most: number, width: number): string {
  if (!(value > 0) || !(most > 0)) return '';
  const parts = Math.max(1, Math.round(Math.min(value / most, 1) * width * 8));
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
}

/** One character a value, from nothing to the greatest; what is negative is nothing. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  return values
    .map((value) => heights[most > 0 ? Math.ceil(Math.max(0, value / most) * 7) : 0] ?? '▁')
    .join('');
}

/** Values put together until there are at most `count`: their sums, in order. */
export function condensed(values: readonly number[], count: number): readonly number[] {
  const each = Math.ceil(values.length / Math.max(1, count));
  if (each <= 1) return values;
  const sums: number[] = [];
  // From the end: the latest group is whole, the earliest may lack some.
  for (let end = values.length; end > 0; end -= each) {
    sums.unshift(values.slice(Math.max(0, end - each), end).reduce((sum, v) => sum + v, 0));
  }
  return sums;
}
