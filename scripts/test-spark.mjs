/**
 * `npm run test:spark`: the Databricks engine on real Spark with real Delta Lake, behind a gateway
 * that speaks Databricks' protocol over TLS. Further arguments go to vitest.
 */
import { makeSparkEnvironment } from './lib/spark-environment.mjs';
import { compile, install, root, run } from './lib/setup.mjs';

install();
compile();
makeSparkEnvironment();
run(process.execPath, [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  '--config',
  'vitest.spark.config.ts',
  ...process.argv.slice(2),
]);
