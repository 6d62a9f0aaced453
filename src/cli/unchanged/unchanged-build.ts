/**
 * A build in which nothing changed is answered from what the last one wrote down, without
 * reading the project: `target/unchanged_build.json` holds marks of all that the build
 * depended on, and what it had to say. Whatever is not as it was, or can't be read, means
 * that the build takes its ordinary way, which finds out by itself what there is to do.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphNode } from '../../manifest/nodes.js';
import type { BuildOutcome } from '../../run/build-request.js';
import type { RunOptions } from '../options.js';
import type { Reporter, ReporterWarning } from '../reporter.js';
import { defaultTarget, hashOfEnvironment, keyOf, marksOfInputs, rootOf } from './build-inputs.js';
import { allOlderThan, marksOfFiles, sameMarks, type FileMarks } from './file-marks.js';

/** Raise it whenever the shape of what is written changes. */
const format = 1;

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
] as const;

interface Remembered {
  readonly format: number;
  readonly key: string;
  readonly folders: readonly string[];
  readonly inputs: FileMarks;
  /** The published file and the artifacts: all of them must be those that the build left. */
  readonly outputs: FileMarks;
  readonly environment: { readonly names: readonly string[]; readonly hash: string };
  readonly warnings: readonly ReporterWarning[];
  /** Without what only a build that ran something has to say. */
  readonly outcome: Omit<BuildOutcome, 'loaded' | 'previousStates'>;
  readonly nodes: readonly Partial<GraphNode>[];
  readonly asOf: string | null;
  readonly targetName: string;
  readonly publishedName: string;
}

export interface FinishedBuild {
  readonly options: RunOptions;
  readonly startedAt: Date;
  /** Resource folders of the project. */
  readonly folders: readonly string[];
  readonly targetPath: string;
  /** Absolute. */
  readonly publishedPath: string;
  readonly publishedName: string;
  readonly targetName: string;
  readonly asOf: string | null;
  /** Variables of the environment that were looked at. */
  readonly environment: readonly string[];
  readonly warnings: readonly ReporterWarning[];
  /** What the next build would say if nothing changes; null where it would run something. */
  readonly unchanged: BuildOutcome | null;
  readonly nodes: Iterable<GraphNode>;
}

function pathOf(options: RunOptions): string {
  return join(rootOf(options), defaultTarget, 'unchanged_build.json');
}

/** Writes down what the next build would say; a folder that can't be written is no fault here. */
export function rememberBuild(build: FinishedBuild): void {
  const path = pathOf(build.options);
  try {
    rmSync(path, { force: true });
    if (build.unchanged === null || build.targetPath !== defaultTarget) return;
    const inputs = marksOfInputs(build.options, build.folders, process.env);
    // What was edited while the build ran may have been read before or after the edit.
    if (!allOlderThan(inputs, build.startedAt.getTime() - 50)) return;
    const remembered: Remembered = {
      format,
      key: keyOf(build.options, build.startedAt),
      folders: build.folders,
      inputs,
      outputs: marksOfFiles([
        build.publishedPath,
        // The log of a program that writes to it, or was killed while it did.
        `${build.publishedPath}.wal`,
        ...['manifest.json', 'run_results.json'].map((name) =>
          join(rootOf(build.options), defaultTarget, name),
        ),
      ]),
      environment: {
        names: build.environment,
        hash: hashOfEnvironment(build.environment, process.env),
      },
      warnings: build.warnings,
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
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(remembered));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // The next build finds out the ordinary way.
  }
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
export function answerUnchanged(
  options: RunOptions,
  reporter: Reporter,
  startedAt: Date,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  const remembered = recall(options, startedAt, env);
  if (remembered === null) return false;
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

function recall(options: RunOptions, now: Date, env: NodeJS.ProcessEnv): Remembered | null {
  try {
    const remembered = JSON.parse(readFileSync(pathOf(options), 'utf8')) as Remembered;
    const same =
      remembered.format === format &&
      remembered.key === keyOf(options, now) &&
      remembered.environment.hash === hashOfEnvironment(remembered.environment.names, env) &&
      sameMarks(remembered.outputs, marksOfFiles(Object.keys(remembered.outputs))) &&
      sameMarks(remembered.inputs, marksOfInputs(options, remembered.folders, env));
    return same ? remembered : null;
  } catch {
    return null;
  }
}
