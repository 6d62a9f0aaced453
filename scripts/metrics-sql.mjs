/**
 * `npm run metrics:sql` writes the SQL of the metric queries, as Kysely compiles it for each engine,
 * to src/metrics/compiled: asking a question then needs no query builder. A test compares the two.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { compile, install, root } from './setup.mjs';

install();
compile();
const { compiledModule } = await import('./metrics-sql-text.mjs');
const compiler = await import('../dist/metrics/compile.js');
const { queried } = await import('../dist/metrics/metrics.js');

const folder = join(root, 'src', 'metrics', 'compiled');
mkdirSync(folder, { recursive: true });
for (const engine of ['duckdb', 'databricks']) {
  const text = compiledModule(engine, queried, compiler);
  writeFileSync(
    join(folder, `${engine}.ts`),
    await format(text, { parser: 'typescript', singleQuote: true, printWidth: 100 }),
  );
  console.log(`Wrote src/metrics/compiled/${engine}.ts`);
}
