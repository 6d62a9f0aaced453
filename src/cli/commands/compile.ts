/** `compile`: the SQL of the selected nodes, to the target folder or to stdout. */
import { join, relative } from 'node:path';
import { openBuild, openStore } from '../../builds/index.js';
import { makeTargetFolder } from '../../artifacts/index.js';
import { TechstoreError } from '../../errors.js';
import { lazyBackend, type Backend } from '../../dbt/backend.js';
import type { Compiler } from '../../dbt/compile.js';
import type { NodeResult } from '../../manifest/results.js';
import { withRelations } from '../../manifest/with-relations.js';
import { deferredNodes } from '../../run/deferred.js';
import { emptyResult } from '../../run/node-result.js';
import { backendOf } from '../../run/node-run.js';
import { deferOf } from '../defer.js';
import { load, type LoadedProject } from '../load.js';
import type { DeferOptions, ProjectOptions, SelectionOptions } from '../options.js';
import { reporterOf, type Reporter } from '../reporter.js';
import { selectedNodes } from '../selection.js';
import { runResult } from '../run-result.js';
import { withoutSecretsIn } from '../secrets.js';
import { tellOnStderr } from '../store-options.js';
import { withNames } from '../with-names.js';
import { writeRunArtifacts } from '../write-artifacts.js';
import { writeCompiled } from '../write-compiled.js';

export interface CompileCommandOptions extends ProjectOptions, SelectionOptions, DeferOptions {
  readonly inline?: string;
  readonly sources?: string;
  readonly empty?: boolean;
}

/** @param names the same as `--select` */
export async function compile(
  names: readonly string[],
  given: CompileCommandOptions,
): Promise<void> {
  const options = withNames(names, given);
  const reporter = await reporterOf(options);
  const project = load('compile', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const database = new PublishedBackend(project);
  try {
    if (options.inline !== undefined) {
      const sql = await project.compiler.renderText(options.inline, { file: '--inline' }, null, {
        backend: database.backend,
      });
      process.stdout.write(`${sql}\n`);
      return;
    }
    const ids = await selectedNodes(names, options, project, reporter);
    const compiler = await deferring(options, project, ids, reporter);
    await makeTargetFolder(project.targetDir);
    const written: { name: string; sql: string }[] = [];
    const results: NodeResult[] = [];
    for (const id of ids) {
      const node = project.manifest.nodes.get(id);
      if (
        node?.resourceType !== 'model' &&
        node?.resourceType !== 'test' &&
        node?.resourceType !== 'analysis'
      )
        continue;
      const startedAt = new Date();
      const compiled = await compiler.compile(node, { backend: database.backend });
      const sql = withoutSecretsIn(compiled.sql);
      const completedAt = new Date();
      const file = await writeCompiled(node, sql, project);
      written.push({ name: node.name, sql });
      results.push({
        ...emptyResult(node.uniqueId, 'success'),
        timing: [{ name: 'compile', startedAt, completedAt }],
        executionTime: (completedAt.getTime() - startedAt.getTime()) / 1000,
        compiledCode: sql,
        compiledPath: join(project.project.root, file),
      });
    }
    await writeRunArtifacts(project, runResult('compile', options, project, results));
    const [only] = written;
    if (options.select?.length === 1 && only !== undefined) {
      // One node was asked for: its SQL is the answer, and its tests come along unasked.
      const named = written.find(({ name }) => name === options.select?.[0]);
      if (named !== undefined || written.length === 1) {
        process.stdout.write(`${(named ?? only).sql.trim()}\n`);
        return;
      }
    }
    const folder = relative(process.cwd(), join(project.targetDir, 'compiled'));
    if (options.quiet !== true)
      process.stdout.write(`Compiled ${written.length} nodes to ${folder}\n`);
  } finally {
    await database.close();
  }
}

/** With `--defer`, names what is neither selected nor published as the state does. */
async function deferring(
  options: CompileCommandOptions,
  project: LoadedProject,
  ids: ReadonlySet<string>,
  reporter: Reporter,
): Promise<Compiler> {
  const { manifest, compiler, profile } = project;
  const defer = deferOf(options, project, reporter);
  if (defer === undefined) return compiler;
  const store = await openStore(profile, tellOnStderr);
  try {
    const prior = (await store.published())?.record.nodes ?? {};
    const nodes = [...manifest.nodes.values()].filter(({ uniqueId }) => ids.has(uniqueId));
    const relations = deferredNodes({ manifest, nodes, prior, defer });
    return compiler.withManifest(withRelations(manifest, relations));
  } finally {
    await store.close();
  }
}

/** The published build, opened only when a template asks it something. */
class PublishedBackend {
  readonly #project: LoadedProject;
  readonly backend = lazyBackend(async () => (await this.#open()).backend);
  #opened: Promise<{ backend: Backend; close: () => Promise<void> }> | null = null;

  constructor(project: LoadedProject) {
    this.#project = project;
  }

  #open(): Promise<{ backend: Backend; close: () => Promise<void> }> {
    this.#opened ??= (async () => {
      const { profile } = this.#project;
      const opened = await openBuild(profile, undefined, tellOnStderr).catch((cause: unknown) => {
        if (!(cause instanceof TechstoreError) || cause.code !== 'publish') throw cause;
        throw new TechstoreError(
          'compilation',
          'The SQL queries the database, but nothing is published yet',
          {
            hint: 'Run techstore build first.',
            cause,
          },
        );
      });
      return {
        backend: backendOf(await opened.engine.connectReader(opened.schema)),
        close: opened.close,
      };
    })();
    return this.#opened;
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => null);
    await opened?.close();
  }
}
