/**
 * A build in which nothing changed is answered from what the last one wrote down, without
 * reading the project: `target/unchanged_build.json` holds marks of all that the build
 * depended on, and what it had to say. Whatever is not as it was, or can't be read, means
 * that the build takes its ordinary way, which finds out by itself what there is to do.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { restamped, type RunStamp } from '../../artifacts/restamp.js';
import { writeArtifactText } from '../../artifacts/write-artifact.js';
import type { GraphNode } from '../../manifest/nodes.js';
import { readRegularFile } from '../../regular-file.js';
import { isLog } from '../../engine/duckdb/logs.js';
import type { BuildOutcome } from '../../run/build-request.js';
import type { RunOptions } from '../options.js';
import type { Reporter, ReporterWarning } from '../reporter.js';
import {
  defaultTarget,
  hashOfEnvironment,
  keyOf,
  marksOfInputs,
  rootOf,
  type ProjectInputs,
} from './build-inputs.js';
import { allOlderThan, marksOfFiles, sameMarks, type FileMarks } from './file-marks.js';

/** Raise it whenever the shape of what is written changes. */
const format = 4;

const artifactNames = ['manifest.json', 'run_results.json'] as const;

/** What is told of a node, and what that needs. */
const keptOfNodes = [
  'uniqueId',
  'name',
  'resourceType',
  'fqn',
  'dependsOn',
  'alias',
  'schema',
  'identifier',
  'place',
  'testMetadata',
] as const;

interface Remembered {
  readonly format: number;
  readonly key: string;
  readonly project: ProjectInputs;
  readonly inputs: FileMarks;
  /** The published file and the artifacts: all of them must be those that the build left. */
  readonly outputs: FileMarks;
  readonly environment: { readonly names: readonly string[]; readonly hash: string };
  readonly warnings: readonly ReporterWarning[];
  /** run_results.json of a build in which nothing changed, but for when it ran. */
  readonly runResults: object;
  /** Without what only a build that ran something has to say. */
  readonly outcome: Omit<BuildOutcome, 'loaded' | 'previousStates'>;
  readonly nodes: readonly Partial<GraphNode>[];
  readonly asOf: string | null;
  readonly targetName: string;
  readonly publishedName: string;
}

interface EndedRun {
  readonly options: RunOptions;
  readonly startedAt: Date;
  readonly project: ProjectInputs;
  readonly targetPath: string;
  /** Absolute. */
  readonly publishedPath: string;
  /** Where a log of another program would lie beside it. */
  readonly logPaths: readonly string[];
  readonly publishedName: string;
  readonly targetName: string;
  readonly asOf: string | null;
  /** Variables of the environment that were looked at. */
  readonly environment: readonly string[];
  readonly warnings: readonly ReporterWarning[];
  /** What the next build would say if nothing changes; null where it would run something. */
  readonly unchanged: BuildOutcome | null;
  /** run_results.json of that next build. */
  readonly runResultsOf: (unchanged: BuildOutcome) => object;
  readonly nodes: Iterable<GraphNode>;
}

function pathOf(options: RunOptions): string {
  return join(rootOf(options), defaultTarget, 'unchanged_build.json');
}

/** Writes down what the next build would say; a folder that can't be written is no fault here. */
export function rememberBuild(build: EndedRun): void {
  const path = pathOf(build.options);
  try {
    rmSync(path, { force: true });
    if (build.unchanged === null || build.targetPath !== defaultTarget) return;
    if (build.logPaths.some(isLog)) return;
    const inputs = marksOfInputs(build.options, build.project, process.env);
    // What was edited while the build ran may have been read before or after the edit.
    if (!allOlderThan(inputs, build.startedAt.getTime() - 50)) return;
    const remembered: Remembered = {
      format,
      key: keyOf(build.options, build.startedAt),
      project: build.project,
      inputs,
      outputs: marksOfFiles([
        build.publishedPath,
        // No log lies beside it: what a program that was killed left there readers would read with it.
        ...build.logPaths,
        ...artifactNames.map((name) => join(rootOf(build.options), defaultTarget, name)),
      ]),
      environment: {
        names: build.environment,
        hash: hashOfEnvironment(build.environment, process.env),
      },
      warnings: build.warnings,
      runResults: build.runResultsOf(build.unchanged),
      outcome: withoutEmpty(build.unchanged),
      nodes: [...build.nodes].map(
        (node) =>
          Object.fromEntries(
            Object.entries(node).filter(([key]) =>
              (keptOfNodes as readonly string[]).includes(key),
            ),
          ) as Partial<GraphNode>,
      ),
      asOf: build.asOf,
      targetName: build.targetName,
      publishedName: build.publishedName,
    };
    mkdirSync(join(rootOf(build.options), defaultTarget), { recursive: true });
    write(path, remembered);
  } catch {
    // The next build finds out the ordinary way.
  }
}

function write(path: string, remembered: Remembered): void {
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(remembered));
  renameSync(`${path}.${process.pid}`, path);
}

function withoutEmpty(outcome: BuildOutcome): Remembered['outcome'] {
  const { loaded, previousStates, ...rest } = outcome;
  void [loaded, previousStates];
  return rest;
}

/**
 * Says what the build before said, when nothing changed since.
 *
 * @returns false when something did, and nothing was said
 */
export async function answerUnchanged(
  options: RunOptions,
  reporter: Reporter,
  startedAt: Date,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  const remembered = recall(options, startedAt, env);
  if (remembered === null) return false;
  if (!(await renewArtifacts(remembered, options, startedAt))) return false;
  for (const warning of remembered.warnings) reporter.warning(warning);
  reporter.end();
  reporter.summary(
    {
      command: 'build',
      asOf: remembered.asOf,
      startedAt,
      completedAt: new Date(),
      results: remembered.outcome.results,
    },
    { ...remembered.outcome, loaded: new Map(), previousStates: {} },
    {
      // Only the fields that a summary reads were written down.
      nodes: new Map(remembered.nodes.map((node) => [node.uniqueId ?? '', node as GraphNode])),
      targetName: remembered.targetName,
      publishedName: remembered.publishedName,
    },
  );
  return true;
}

/**
 * Artifacts are those of the last command, of this one too: the project is the same, and the run is another.
 *
 * @returns false where they can't be written: the ordinary way tells why
 */
async function renewArtifacts(
  remembered: Remembered,
  options: RunOptions,
  startedAt: Date,
): Promise<boolean> {
  const folder = join(rootOf(options), defaultTarget);
  const stamp: RunStamp = { invocationId: randomUUID(), startedAt, generatedAt: new Date() };
  try {
    const manifest = readRegularFile(join(folder, 'manifest.json')).toString('utf8');
    await writeArtifactText(folder, 'manifest.json', restamped(manifest, stamp));
    const runResults = restamped(JSON.stringify(remembered.runResults), stamp);
    await writeArtifactText(folder, 'run_results.json', runResults);
    write(pathOf(options), {
      ...remembered,
      outputs: marksOfFiles(Object.keys(remembered.outputs)),
    });
    return true;
  } catch {
    return false;
  }
}

function recall(options: RunOptions, now: Date, env: NodeJS.ProcessEnv): Remembered | null {
  // Artifacts belong into another folder then.
  if ((env['DBT_TARGET_PATH'] ?? '') !== '') return null;
  try {
    const remembered = JSON.parse(readRegularFile(pathOf(options)).toString('utf8')) as Remembered;
    const same =
      remembered.format === format &&
      remembered.key === keyOf(options, now) &&
      remembered.environment.hash === hashOfEnvironment(remembered.environment.names, env) &&
      sameMarks(remembered.outputs, marksOfFiles(Object.keys(remembered.outputs))) &&
      sameMarks(remembered.inputs, marksOfInputs(options, remembered.project, env));
    return same ? remembered : null;
  } catch {
    return null;
  }
}
