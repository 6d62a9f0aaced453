/** Makes the documentation site's data out of the project, the catalog and what the last run left. */
import { columnsByTable } from './columns.js';
import { metricNodes } from './metric-nodes.js';
import { macroNode, siteNode } from './nodes.js';
import { isOutdated, resultsOf } from './results.js';
import { siteRun } from './run.js';
import type { SiteData, SiteNode } from './page/site/site-data.js';
import type { SiteInput } from './site-input.js';

const outdated = 'The last run is not shown: run_results.json is older than the newest build.';

export async function siteOf(given: SiteInput): Promise<SiteData> {
  const input = isOutdated(given)
    ? { ...given, run: null, notes: [...given.notes, outdated] }
    : given;
  const { manifest } = input;
  const context = { input, columns: columnsByTable(input), results: resultsOf(input) };
  const nodes: SiteNode[] = [...manifest.nodes.values()].map((node) => siteNode(node, context));
  const macros = [...manifest.macros.values()]
    // Those of the program itself are described in its own documentation.
    .filter(({ packageName }) => packageName !== 'dbt')
    .map(macroNode);
  return {
    project: {
      name: manifest.projectName,
      adapter: input.engine,
      target: input.targetName,
      version: input.version,
      generatedAt: input.generatedAt.toISOString(),
      asOf: input.asOf,
      build: input.build,
      overview: manifest.docs.get(`doc.${manifest.projectName}.__overview__`)?.contents ?? null,
      notes: [...input.notes, ...(input.catalog?.errors ?? [])],
      hasSamples: input.samples !== null,
    },
    nodes: [...nodes, ...macros, ...(await metricNodes(input))],
    run: input.run === null ? null : siteRun(input.run),
  };
}
