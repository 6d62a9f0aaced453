/** `node write-catalog.mjs`, in a project with a build: target/catalog.json, as the documentation has it. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** @param {string} file */
const compiled = (file) => import(new URL(`../../dist/${file}`, import.meta.url).href);
const { load } = await compiled('cli/load.js');
const { silentLogger } = await compiled('dbt/logger.js');
const { openBuild } = await compiled('builds/index.js');
const { readCatalog } = await compiled('catalog/read-catalog.js');
const { catalogJson, writeArtifact } = await compiled('artifacts/index.js');

const { profile, manifest } = load('list', {}, silentLogger);
const open = await openBuild(profile, undefined, { onNotice: () => undefined });
try {
  const catalog = await readCatalog(open, manifest);
  const info = { invocationId: randomUUID(), generatedAt: new Date(), dbtVersion: '1.11.16' };
  await writeArtifact(join(process.cwd(), 'target'), 'catalog.json', catalogJson(catalog, info));
} finally {
  await open.close();
}
