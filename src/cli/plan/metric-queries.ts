/** The SQL of the metric queries, which read published tables without ref(). */
export async function metricQueries(): Promise<Map<string, string>> {
  const { compiled } = await import('../../metrics/compiled/duckdb.js');
  const found = new Map<string, string>();
  for (const [name, { sql }] of Object.entries(compiled)) {
    // Variants of a query are named after it: `customers, after`.
    const [metric = name] = name.split(',');
    found.set(metric, `${found.get(metric) ?? ''}\n${sql}`);
  }
  return found;
}
