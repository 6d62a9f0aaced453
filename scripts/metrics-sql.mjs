/**
 * `npm run metrics:sql` writes the SQL of the metric queries, as Kysely compiles it for each engine,
 * to src/metrics/compiled: asking a question then needs no query builder. A test compares the two.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { compile, install, root } from './lib/setup.mjs';

install();
compile();
const { compiledModule } = await import('./lib/metrics-sql-text.mjs');
/** @param {string} file of the program, which has its types from the source */
const compiled = (file) => import(new URL(`../dist/${file}`, import.meta.url).href);
/** @type {typeof import('../src/metrics/compile.js')} */
const compiler = await compiled('metrics/compile.js');
/** @type {typeof import('../src/metrics/metrics.js')} */
const { queried } = await compiled('metrics/metrics.js');

const folder = join(root, 'src', 'metrics', 'compiled');
mkdirSync(folder, { recursive: true });
for (const engine of /** @type {const} */ (['duckdb', 'databricks'])) {
  const text = compiledModule(engine, queried, compiler);
  writeFileSync(
    join(folder, `${engine}.ts`),
    await format(text, { parser: 'typescript', singleQuote: true, printWidth: 100 }),
  );
  console.log(`Wrote src/metrics/compiled/${engine}.ts`);
}
