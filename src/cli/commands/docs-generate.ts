/** `docs generate`: the documentation of the project as one page, and dbt's artifacts. */
import { join, relative } from 'node:path';
import { makeTargetFolder, writeArtifactText } from '../../artifacts/index.js';
import { renderSite } from '../../docs/render-site.js';
import { siteOf } from '../../docs/site-of.js';
import type { SiteInput } from '../../docs/site-input.js';
import { engineNamed } from '../../engine/engines.js';
import { TechstoreError } from '../../errors.js';
import { askDatabase, type AskOptions } from '../docs/ask-database.js';
import { freshnessOf } from '../docs/freshness-of.js';
import { mustGoOn } from '../docs/must-go-on.js';
import { lastRunIn } from '../docs/read-results.js';
import { onInterrupt } from '../interrupt.js';
import { load, type LoadedProject } from '../load.js';
import type { ProjectOptions } from '../options.js';
import { reporterOf, type Reporter } from '../reporter.js';
import { withoutSecrets } from '../secrets.js';
import { traceColumns } from '../trace-columns.js';
import { version } from '../version.js';
import { lineageGraph } from '../whole-lineage.js';
import { writeCatalog, writeDocsArtifacts, writeSources } from '../write-artifacts.js';
import type { SiteData } from '../../docs/page/site/site-data.js';

export interface DocsGenerateOptions extends ProjectOptions, AskOptions {
  readonly sources?: string;
}

export async function docsGenerate(options: DocsGenerateOptions): Promise<void> {
  if (options.emptyCatalog === true && options.withSamples !== undefined) {
    throw new TechstoreError('usage', '--empty-catalog and --with-samples cannot be combined', {
      hint: 'Samples are read from the database. Remove --empty-catalog.',
    });
  }
  const reporter = await reporterOf(options);
  const project = load('generate', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  // Found out before minutes of work, not after.
  await makeTargetFolder(join(project.targetDir, 'docs'));
  const { signal, end } = onInterrupt();
  try {
    await generate(project, options, reporter, signal);
  } catch (error) {
    // What a cancelled query says is no news after Ctrl-C.
    mustGoOn(signal);
    throw error;
  } finally {
    end();
    reporter.end();
  }
}

async function generate(
  project: LoadedProject,
  options: DocsGenerateOptions,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const { manifest, targetDir, profile } = project;
  const asked = await askDatabase(project, options, signal);
  mustGoOn(signal);
  const graph = lineageGraph(project, options);
  const columns = await traceColumns(project, graph, manifest.nodes.keys(), () => mustGoOn(signal));
  const freshness =
    options.emptyCatalog === true ? [] : await freshnessOf(project, options, reporter);
  mustGoOn(signal);
  const { run, note } = lastRunIn(targetDir, profile.targetName);
  const { type } = profile.target;
  const input: SiteInput = {
    ...asked,
    manifest,
    graph,
    engine: type,
    dialect: engineNamed(type).dialect,
    targetName: profile.targetName,
    version: version(),
    generatedAt: new Date(),
    asOf: project.asOf,
    columns,
    run,
    freshness,
    notes: note === null ? asked.notes : [...asked.notes, note],
  };
  await writeDocsArtifacts(project, options, { compiled: asked.compiled, keepsRun: run !== null });
  await writeCatalog(project, asked.catalog);
  await writeSources(project, freshness, join(targetDir, 'sources.json'));
  const site = withoutSecrets(await siteOf(input)) as SiteData;
  mustGoOn(signal);
  const path = await writeArtifactText(
    join(targetDir, 'docs'),
    'index.html',
    await renderSite(site),
  );
  for (const text of input.notes) reporter.listener.note(text);
  if (options.quiet === true) return;
  process.stdout.write(
    `Wrote ${relative(process.cwd(), path)}\nOpen it in a browser, or run: techstore docs serve\n`,
  );
}
