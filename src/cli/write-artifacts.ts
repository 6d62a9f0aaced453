/** Writes manifest.json and run_results.json into the target folder. */
import { basename, dirname, isAbsolute, relative } from 'node:path';
import {
  catalogJson,
  manifestJson,
  runResultsJson,
  sourcesJson,
  writeArtifact,
  type ArtifactInfo,
  type CompiledNode,
} from '../artifacts/index.js';
import type { Catalog } from '../manifest/catalog.js';
import type { FreshnessResult } from '../manifest/freshness.js';
import type { NodeResult, RunResult } from '../manifest/results.js';
import { emptyResult } from '../run/node-result.js';
import type { LoadedProject, LoadOptions } from './load.js';
import { runResult } from './run-result.js';
import { rememberSecrets, withoutSecrets } from './secrets.js';

/** The version of dbt whose schemas the artifacts follow; tools read it to know what to expect. */
const dbtVersion = '1.11.16';

/** manifest.json alone, for the commands that run nothing. */
export async function writeManifest(project: LoadedProject): Promise<void> {
  await write(project, 'manifest.json', manifestJson(project.manifest, infoOf(project)));
}

/** @returns the path that was written */
export async function writeSources(
  project: LoadedProject,
  results: readonly FreshnessResult[],
  path: string,
): Promise<string> {
  const info = infoOf(project);
  const elapsed = (info.generatedAt.getTime() - project.session.runStartedAt.getTime()) / 1000;
  rememberSecrets(project.secrets);
  const json = withoutSecrets(sourcesJson(results, elapsed, info));
  return writeArtifact(dirname(path), basename(path), json);
}

/** Both artifacts of a run. */
export async function writeRunArtifacts(project: LoadedProject, result: RunResult): Promise<void> {
  const info = { ...infoOf(project), compiled: compiledBy(project, result.results) };
  await write(project, 'manifest.json', manifestJson(project.manifest, info));
  await write(project, 'run_results.json', runResultsJson(result, project.manifest, info));
}

/**
 * The artifacts of `docs generate`: manifest.json with the compiled SQL, and run_results.json with what was
 * compiled, unless there is one of a run, which the documentation shows and `retry` needs.
 */
export async function writeDocsArtifacts(
  project: LoadedProject,
  options: LoadOptions,
  { compiled, keepsRun }: DocsArtifacts,
): Promise<void> {
  const results = [...compiled].map(([id, { sql, reason }]) => ({
    ...emptyResult(id, sql === null ? ('error' as const) : ('success' as const)),
    message: reason,
    compiledCode: sql,
  }));
  if (!keepsRun) {
    return writeRunArtifacts(project, runResult('generate', options, project, results));
  }
  const info = { ...infoOf(project), compiled: compiledBy(project, results) };
  await write(project, 'manifest.json', manifestJson(project.manifest, info));
}

/** catalog.json of what is published; without tables before the first build. */
export async function writeCatalog(project: LoadedProject, catalog: Catalog | null): Promise<void> {
  const found = catalog ?? { nodes: new Map(), sources: new Map(), errors: [] };
  await write(project, 'catalog.json', catalogJson(found, infoOf(project)));
}

interface DocsArtifacts {
  readonly compiled: ReadonlyMap<
    string,
    { readonly sql: string | null; readonly reason: string | null }
  >;
  readonly keepsRun: boolean;
}

/** run_results.json of a run that changed nothing, to be written when it happens. */
export function runResultsOf(project: LoadedProject, result: RunResult): object {
  return withoutSecrets(runResultsJson(result, project.manifest, infoOf(project))) as object;
}

function infoOf({ session, project, graph }: LoadedProject): ArtifactInfo {
  return {
    invocationId: session.invocationId,
    generatedAt: new Date(),
    startedAt: session.runStartedAt,
    adapterType: session.target.type,
    dbtVersion,
    parents: (id) => graph.parents(id),
    quote: session.quote,
    onRunStart: project.onRunStart,
    onRunEnd: project.onRunEnd,
  };
}

function compiledBy(
  { project }: LoadedProject,
  results: readonly NodeResult[],
): Map<string, CompiledNode> {
  const compiled = new Map<string, CompiledNode>();
  for (const { uniqueId, compiledCode: code, compiledPath } of results) {
    if (code === null) continue;
    const path =
      compiledPath !== null && isAbsolute(compiledPath)
        ? relative(project.root, compiledPath)
        : compiledPath;
    compiled.set(uniqueId, { code, path: path?.replaceAll('\\', '/') ?? null });
  }
  return compiled;
}

/** Nothing secret may lie in a file that is made to be passed on. */
async function write(project: LoadedProject, name: string, json: unknown): Promise<void> {
  rememberSecrets(project.secrets);
  await writeArtifact(project.targetDir, name, withoutSecrets(json));
}
