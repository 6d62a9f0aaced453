/** `builds list`. */
import { describeForeign, type Build, type PublishedContents } from '../../builds/index.js';
import { visible } from '../../format/visible.js';
import { formatOf } from '../format-choice.js';
import { ownRows, printRows } from '../print-rows.js';
import { terminalOf } from '../terminal.js';
import { stateOf, withStore, type BuildsOptions } from './builds.js';

export async function listBuilds(options: BuildsOptions): Promise<void> {
  const { builds, damaged, contents } = await withStore(options, async (store) => ({
    builds: await store.list(),
    damaged: await store.damaged(),
    contents: await store.publishedContents(),
  }));
  for (const { id, damage } of damaged)
    process.stderr.write(`Warning: build ${id} is damaged: ${visible(damage)}\n`);
  const columns = listColumns(options);
  await printRows(
    ownRows(
      columns.map(({ name, type }) => [name, type]),
      [
        ...builds.map((build) => ({ id: build.id, bytes: build.bytes, build })),
        ...damaged.map(({ id, bytes }) => ({ id, bytes, build: null })),
      ]
        .sort((one, other) => (one.id < other.id ? 1 : -1))
        .map((listed) => columns.map(({ of }) => of({ ...listed, contents }))),
    ),
    options,
    'No builds yet. Run: techstore build',
  );
  if (contents === null || options.quiet === true) return;
  const told = contents.message ?? describeForeign(contents.foreign ?? []);
  if (told !== null) process.stderr.write(`${visible(told)}\n`);
}

interface Listed {
  readonly id: string;
  readonly bytes: number | null;
  /** Null where it is damaged. */
  readonly build: Build | null;
  readonly contents: PublishedContents | null;
}

interface ListColumn {
  readonly name: string;
  readonly type: 'VARCHAR' | 'BIGINT';
  readonly of: (listed: Listed) => string | number | null;
}

/** Columns that all of a list take as a table. */
const wholeList = 121;

/** All of them for programs; on a terminal what has room side by side, for a list is looked over. */
function listColumns(options: BuildsOptions): readonly ListColumn[] {
  const { width = Infinity } = terminalOf(process.stdout, options);
  const isShort = formatOf(options) === 'table' && width < wholeList;
  const all: readonly (ListColumn & { readonly long?: true })[] = [
    { name: 'build', type: 'VARCHAR', of: ({ id }) => id },
    {
      name: 'state',
      type: 'VARCHAR',
      of: ({ build, contents }) => (build === null ? 'damaged' : stateOf(build, contents)),
    },
    {
      name: 'finished_at',
      type: 'VARCHAR',
      of: ({ build }) => {
        const at = build?.record.finishedAt ?? null;
        // To the minute, in UTC.
        return isShort && at !== null ? at.slice(0, 16).replace('T', ' ') : at;
      },
    },
    { name: 'as_of', type: 'VARCHAR', of: ({ build }) => build?.record.asOf ?? null },
    {
      name: 'tables',
      type: 'BIGINT',
      long: true,
      of: ({ build }) => (build === null ? null : Object.keys(build.record.rows).length),
    },
    {
      name: 'rows',
      type: 'BIGINT',
      of: ({ build }) =>
        build === null
          ? null
          : Object.values(build.record.rows).reduce<number>((sum, rows) => sum + (rows ?? 0), 0),
    },
    { name: 'bytes', type: 'BIGINT', long: true, of: ({ bytes }) => bytes },
    {
      name: 'foreign',
      type: 'BIGINT',
      long: true,
      of: ({ build, contents }) =>
        build?.published === true ? (contents?.foreign?.length ?? null) : null,
    },
    {
      name: 'code',
      type: 'VARCHAR',
      long: true,
      of: ({ build }) => build?.record.codeVersion ?? null,
    },
  ];
  return isShort ? all.filter(({ long }) => long !== true) : all;
}
