/** The mean of each value and those before it; null until there are as many as asked for. */
export function movingAverage(values: readonly number[], size: number): (number | null)[] {
  return values.map((_value, i) => {
    if (i + 1 < size) return null;
    const window = values.slice(i + 1 - size, i + 1);
    return window.reduce((sum, value) => sum + value, 0) / size;
  });
}
