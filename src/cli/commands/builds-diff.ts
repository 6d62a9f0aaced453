/** `builds diff`: what differs between two builds, by table, column and row. */
import { openStore, tablesOf, type BuildTable, type OpenPair } from '../../builds/index.js';
import { compareTables } from '../../diff/compare-tables.js';
import type { TableChange } from '../../diff/table-change.js';
import { TechstoreError } from '../../errors.js';
import { painter } from '../../format/painter.js';
import { tablesNamed } from '../tables-named.js';
import { diffJson } from '../diff/json.js';
import { diffText } from '../diff/text.js';
import { pairsOf, twoBuilds, type TwoBuilds } from '../diff/two-builds.js';
import { formatOf } from '../format-choice.js';
import { interrupting } from '../interrupt.js';
import { load, openProfile, type LoadedProject } from '../load.js';
import type { FormatOptions, ProjectOptions, SelectionOptions } from '../options.js';
import { ownRows, printRows } from '../print-rows.js';
import { selectedIds } from '../selected-ids.js';
import { tellOnStderr } from '../store-options.js';
import { terminalOf } from '../terminal.js';

export interface DiffOptions extends ProjectOptions, FormatOptions, SelectionOptions {
  readonly limit: number;
  readonly table?: readonly string[];
  readonly failOnChange?: boolean;
}

export async function diffBuilds(names: readonly string[], options: DiffOptions): Promise<void> {
  const { profile } = openProfile(options);
  const store = await openStore(profile, tellOnStderr);
  try {
    const builds = twoBuilds(await store.list(), names);
    warnOfChanged(builds, options);
    const project = projectOrNull(options);
    const chosen = await choice(builds, options, project);
    const opened = await store.openTwo(builds.from, builds.to);
    const changes = await compared({ builds, opened, project, chosen, samples: options.limit });
    await print(builds, changes, options);
    if (options.failOnChange === true && changes.some(({ status }) => status !== 'same'))
      process.exitCode = 1;
  } finally {
    await store.close();
  }
}

interface Comparison {
  readonly builds: TwoBuilds;
  readonly opened: OpenPair;
  readonly project: LoadedProject | null;
  readonly chosen: (table: BuildTable) => boolean;
  readonly samples: number;
}

/** Closes what is opened. */
async function compared({
  builds,
  opened,
  project,
  chosen,
  samples,
}: Comparison): Promise<readonly TableChange[]> {
  const { engine } = opened;
  const end = interrupting(engine);
  const changes: TableChange[] = [];
  try {
    const comparer = { connection: await engine.connect(), dialect: engine.dialect, samples };
    for (const pair of pairsOf(builds, opened, project?.manifest ?? null, chosen))
      changes.push(await compareTables(comparer, pair));
  } finally {
    end();
    await opened.close();
  }
  return changes;
}

function warnOfChanged(builds: TwoBuilds, options: DiffOptions): void {
  if (options.quiet === true) return;
  for (const { id, modified } of [builds.from, builds.to]) {
    if (modified)
      process.stderr.write(`Warning: the file of build ${id} was changed after it was built\n`);
  }
}

/** Builds can be compared although the project has a fault now: only the keys are not known then. */
function projectOrNull(options: DiffOptions): LoadedProject | null {
  const silent = (): void => undefined;
  try {
    return load('list', options, { info: silent, warn: silent, debug: silent });
  } catch (error) {
    if (!(error instanceof TechstoreError)) throw error;
    process.stderr.write(
      'Warning: the project has an error (run techstore parse to see it), so the keys of its models are unknown; whole rows are compared\n',
    );
    return null;
  }
}

async function choice(
  builds: TwoBuilds,
  options: DiffOptions,
  project: LoadedProject | null,
): Promise<(table: BuildTable) => boolean> {
  const ids = await selectedIds(options, project ?? undefined);
  const named =
    options.table === undefined
      ? []
      : tablesNamed(
          [...tablesOf(builds.to.record), ...tablesOf(builds.from.record)],
          options.table,
        ).map(({ name }) => name);
  if (ids === null && named.length === 0) return () => true;
  return ({ id, name }) => ids?.has(id) === true || named.includes(name);
}

async function print(
  builds: TwoBuilds,
  changes: readonly TableChange[],
  options: DiffOptions,
): Promise<void> {
  const format = formatOf(options);
  if (format === 'json') {
    process.stdout.write(diffJson(builds, changes));
    return;
  }
  if (format !== 'table') {
    await printRows(summaryRows(changes), options);
    return;
  }
  const terminal = terminalOf(process.stdout, options);
  process.stdout.write(
    diffText(builds, changes, painter(terminal.color), terminal.width ?? Infinity),
  );
}

/** A row a table, for the formats that have no place for more. */
function summaryRows(changes: readonly TableChange[]) {
  const number = (name: string): readonly [string, string] => [name, 'BIGINT'];
  const text = (name: string): readonly [string, string] => [name, 'VARCHAR'];
  return ownRows(
    [
      text('table'),
      text('status'),
      number('rows_from'),
      number('rows_to'),
      number('rows_added'),
      number('rows_removed'),
      number('rows_changed'),
      number('columns_added'),
      number('columns_removed'),
      number('columns_changed'),
      text('key'),
    ],
    changes.map(({ table, status, rows, columns, key }) => [
      table,
      status,
      rows.from,
      rows.to,
      rows.added,
      rows.removed,
      rows.changed,
      columns.added.length,
      columns.removed.length,
      columns.changed.length,
      key?.join(' ') ?? null,
    ]),
  );
}
