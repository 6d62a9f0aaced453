/** What only the database and the builds know of a project. Without a build, or unasked, the rest is documented all the same. */
import { openStore, type BuildStore, type OpenBuild } from '../../builds/index.js';
import { refusingBackend, type Backend } from '../../dbt/backend.js';
import { TechstoreError } from '../../errors.js';
import type { KeptStates, SiteInput } from '../../docs/site-input.js';
import { readCatalog } from '../../catalog/read-catalog.js';
import { backendOf } from '../../run/node-run.js';
import type { LoadedProject } from '../load.js';
import { tellOnStderr } from '../store-options.js';
import { compileAll } from './compile-all.js';
import { mustGoOn } from './must-go-on.js';
import { publishedOrNone } from './published-or-none.js';
import { sampleRows } from './sample-rows.js';

export interface AskOptions {
  /** Rows of each table. Default none. */
  readonly withSamples?: number;
  /** False: no SQL is compiled. */
  readonly compile: boolean;
  /** True: neither a database nor a store of builds is opened. */
  readonly emptyCatalog?: boolean;
}

export type Asked = Pick<
  SiteInput,
  'catalog' | 'build' | 'kept' | 'compiled' | 'samples' | 'notes'
>;

export async function askDatabase(
  project: LoadedProject,
  options: AskOptions,
  signal: AbortSignal,
): Promise<Asked> {
  if (options.emptyCatalog === true) {
    return {
      ...unbuilt,
      compiled: await compiledOf(project, options, refused('--empty-catalog was given'), signal),
      notes: ['The database was not asked (--empty-catalog): no rows, sizes or results are known.'],
    };
  }
  const store = await openStore(project.profile, tellOnStderr);
  try {
    const opened = await publishedOrNone(store);
    if (opened === null) {
      return {
        ...unbuilt,
        kept: await keptStates(store),
        compiled: await compiledOf(project, options, refused('nothing is published yet'), signal),
        samples: options.withSamples === undefined ? null : new Map(),
        notes: ['Nothing is published yet, so no rows or sizes are known. Run: techstore build'],
      };
    }
    const stop = (): void => opened.engine.interruptAll();
    signal.addEventListener('abort', stop);
    try {
      return {
        ...(await ofBuild(project, options, opened, signal)),
        kept: await keptStates(store),
      };
    } finally {
      signal.removeEventListener('abort', stop);
      await opened.close();
    }
  } finally {
    await store.close();
  }
}

const unbuilt = { catalog: null, build: null, kept: null, samples: null } as const;

async function ofBuild(
  project: LoadedProject,
  options: AskOptions,
  opened: OpenBuild,
  signal: AbortSignal,
): Promise<Omit<Asked, 'kept'>> {
  const { manifest } = project;
  const catalog = await readCatalog(opened, manifest);
  mustGoOn(signal);
  const reader = await opened.engine.connectReader(opened.schema);
  try {
    const compiled = await compiledOf(project, options, backendOf(reader), signal);
    const { record } = opened.build ?? { record: null };
    const ids = [...catalog.sources.keys(), ...catalog.nodes.keys()];
    return {
      catalog,
      build:
        opened.build === null
          ? null
          : { id: opened.build.id, publishedAt: record?.publishedAt ?? null },
      compiled,
      samples:
        options.withSamples === undefined
          ? null
          : await sampleRows(reader, opened, manifest, { ids, limit: options.withSamples }),
      notes:
        opened.build === null
          ? ['What is published was made by no build of this program: no results are known.']
          : [],
    };
  } finally {
    await reader.release();
  }
}

async function compiledOf(
  { manifest, compiler }: LoadedProject,
  options: AskOptions,
  backend: Backend,
  signal: AbortSignal,
): Promise<Asked['compiled']> {
  return options.compile ? compileAll(manifest, compiler, backend, signal) : new Map();
}

function refused(why: string): Backend {
  return refusingBackend(() =>
    Promise.reject(new TechstoreError('compilation', `Its SQL asks the database, but ${why}`)),
  );
}

/** Of the newest build, the failed one too: it says last what became of each node. */
async function keptStates(store: BuildStore): Promise<KeptStates | null> {
  const [newest] = await store.list();
  return newest === undefined
    ? null
    : { states: newest.record.nodes, at: new Date(newest.record.finishedAt) };
}
