/** `builds show|rollback|prune`. */
import { TechstoreError } from '../../errors.js';
import { visible } from '../../format/visible.js';
import { wrapText } from '../../format/wrap.js';
import {
  openStore,
  type Build,
  type BuildStore,
  type PublishedContents,
} from '../../builds/index.js';
import type { NodeState, NodeStates } from '../../manifest/node-state.js';
import { formatOf } from '../format-choice.js';
import { onInterrupt } from '../interrupt.js';
import { openProfile } from '../load.js';
import type { FormatOptions, ProjectOptions, WaitOption } from '../options.js';
import { did } from '../output.js';
import { ownRows, printRows } from '../print-rows.js';
import { tellOnStderr } from '../store-options.js';
import { terminalOf } from '../terminal.js';
import { waitOptions } from '../wait-options.js';

export async function withStore<T>(
  options: ProjectOptions,
  work: (store: BuildStore) => Promise<T>,
): Promise<T> {
  const store = await openStore(openProfile(options).profile, tellOnStderr);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What others wrote into the published file is no change of the build, where it can be told apart. */
export function stateOf(build: Build, contents: PublishedContents | null): string {
  const { state: recorded, limited } = build.record;
  const state = build.published
    ? 'published'
    : recorded === 'published'
      ? 'kept'
      : limited === undefined
        ? recorded
        : `${recorded}, ${limited}`;
  if ((build.damage ?? null) !== null) return build.published ? 'published, damaged' : 'damaged';
  const isTouched =
    build.published && contents !== null && contents.foreign !== null
      ? contents.changed
      : build.touched === true;
  return build.modified || isTouched ? `${state}, changed from outside` : state;
}

export async function showBuild(
  name: string | undefined,
  options: ShowBuildOptions,
): Promise<void> {
  const { build, contents } = await withStore(options, async (store) => ({
    build: await store.find(name ?? 'published'),
    contents: await store.publishedContents(),
  }));
  const states = build.record.nodes;
  if (options.quiet !== true) {
    const asOf = build.record.asOf === null ? '' : `, as of ${build.record.asOf}`;
    const message = build.record.message === null ? '' : `: ${build.record.message}`;
    const line = `Build ${build.id}, ${stateOf(build, contents)}${asOf}, ${build.record.finishedAt}${message}`;
    const { width } = terminalOf(process.stderr, options);
    process.stderr.write(`${wrapText(line, width).join('\n')}\n`);
  }
  // Where a table has no room for it, the names of nodes have it.
  const { width = Infinity } = terminalOf(process.stdout, options);
  const withRelation = formatOf(options) !== 'table' || width >= 120;
  await printRows(
    ownRows(
      [
        ['node', 'VARCHAR'],
        ['type', 'VARCHAR'],
        ['status', 'VARCHAR'],
        ['rows', 'BIGINT'],
        ['failures', 'BIGINT'],
        ...(withRelation ? [['relation', 'VARCHAR'] as const] : []),
      ],
      chosenStates(states, options).map(([id, state]) => {
        const [type = '', , ...rest] = id.split('.');
        return [
          type === 'test' && rest.length > 1 ? rest.slice(0, -1).join('.') : rest.join('.'),
          type,
          state.status ?? null,
          state.rows ?? null,
          state.failures ?? null,
          ...(withRelation ? [relationOf(state)] : []),
        ];
      }),
    ),
    options,
    options.failed === true || options.warnings === true
      ? 'No node of this build has this result.'
      : undefined,
  );
}

/** Of a record that another version of the program may have written. */
function relationOf({ relation, failuresRelation }: Partial<NodeState>): string | null {
  if (relation === null || relation === undefined) return failuresRelation ?? null;
  return `${relation.schema}.${relation.identifier}`;
}

/** All nodes, or those that failed or warned, those with the most rows first. */
function chosenStates(
  states: NodeStates,
  { failed = false, warnings = false }: ShowBuildOptions,
): [string, NodeState][] {
  const all = Object.entries(states);
  if (!failed && !warnings) return all;
  const wanted = [...(failed ? ['error', 'fail', 'skipped'] : []), ...(warnings ? ['warn'] : [])];
  return all
    .filter(([, { status }]) => wanted.includes(status))
    .sort(
      ([, a], [, b]) =>
        wanted.indexOf(a.status) - wanted.indexOf(b.status) ||
        (b.failures ?? 0) - (a.failures ?? 0),
    );
}

export interface ShowBuildOptions extends BuildsOptions {
  readonly failed?: boolean;
  readonly warnings?: boolean;
}

export type BuildsOptions = ProjectOptions & FormatOptions;

export type RollbackCommandOptions = ProjectOptions & WaitOption;

export type PruneCommandOptions = RollbackCommandOptions & { readonly keep: number };

function lockOptions(command: string, options: WaitOption, signal: AbortSignal) {
  const tell = (message: string): void => void process.stderr.write(`${message}\n`);
  return { ...waitOptions(command, options, tell), signal };
}

/** The same for work that Ctrl-C has to end in order. */
async function changing<T>(
  options: ProjectOptions,
  work: (store: BuildStore, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, end } = onInterrupt();
  try {
    return await withStore(options, (store) => work(store, signal));
  } finally {
    end();
  }
}

export async function rollback(
  name: string | undefined,
  options: RollbackCommandOptions,
): Promise<void> {
  const { before, build } = await changing(options, async (store, signal) => ({
    before: (await store.list()).find(({ published }) => published),
    build: await store.rollback({
      ...lockOptions('techstore builds rollback', options, signal),
      ...(name === undefined ? {} : { to: name }),
      onWarning: (message) => void process.stderr.write(`Warning: ${visible(message)}\n`),
    }),
  }));
  if (before?.id !== build.id) did(`Build ${build.id} is published again`);
  if (options.quiet === true) return;
  const asOf = build.record.asOf === null ? '' : `, as of ${build.record.asOf}`;
  process.stdout.write(
    before?.id === build.id
      ? `Build ${build.id} is already published${asOf}\n`
      : `Published build ${build.id} again${asOf}\n`,
  );
}

export async function prune(options: PruneCommandOptions): Promise<void> {
  const removed = await changing(options, async (store, signal) => {
    if ((await store.list()).length > 0) {
      return store.prune({
        ...lockOptions('techstore builds prune', options, signal),
        keep: options.keep,
      });
    }
    throw new TechstoreError('publish', 'There are no builds yet', {
      hint: 'Run: techstore build',
    });
  });
  const what = `${removed.length} build${removed.length === 1 ? '' : 's'}`;
  const ids = removed.map((build) => build.id).join(', ');
  if (removed.length > 0) did(`${what} ${removed.length === 1 ? 'is' : 'are'} removed: ${ids}`);
  if (options.quiet === true) return;
  process.stdout.write(removed.length === 0 ? 'Nothing to remove\n' : `Removed ${what}: ${ids}\n`);
}
