/** `source freshness`: how old the newest records of sources are, by dbt's rules. */
import { join, resolve } from 'node:path';
import type { BuildStore } from '../../builds/index.js';
import { formatPlace, TechstoreError } from '../../errors.js';
import type { Engine } from '../../engine/engine.js';
import { seedsOfSources } from '../../graph/index.js';
import { visible } from '../../format/visible.js';
import { ageText, limitText, newestOf } from '../../ground/freshness.js';
import type { FreshnessResult } from '../../manifest/freshness.js';
import { nodeName } from '../../manifest/node-name.js';
import type { SourceNode } from '../../manifest/nodes.js';
import { isChecked } from '../../run/freshness/check-source.js';
import { isStale } from '../../run/freshness/checks.js';
import { checkSources } from '../../run/freshness/check-sources.js';
import { fileTimes } from '../../run/freshness/file-times.js';
import { openLocalSources } from '../../run/freshness/local-sources.js';
import { recordedTimes } from '../../run/freshness/recorded-times.js';
import { refuseFiles, type SourceFiles } from '../../run/load-files.js';
import { filesOfSources } from '../files-of-sources.js';
import { formatOf } from '../format-choice.js';
import { interrupting } from '../interrupt.js';
import { load, type LoadedProject } from '../load.js';
import type { FormatOptions, ProjectOptions, SelectionOptions } from '../options.js';
import { ownRows, printRows } from '../print-rows.js';
import { type Reporter, reporterOf } from '../reporter.js';
import { withoutSecretsIn } from '../secrets.js';
import { selectedNodes } from '../selection.js';
import { withNames } from '../with-names.js';
import { writeSources } from '../write-artifacts.js';
import { inStore } from './run-nodes.js';

export interface FreshnessOptions extends ProjectOptions, SelectionOptions, FormatOptions {
  readonly sources?: string;
  readonly threads?: number;
  /** Where sources.json is written instead of the target folder. */
  readonly output?: string;
}

/** @param names the same as `--select` */
export async function sourceFreshness(
  names: readonly string[],
  given: FreshnessOptions,
): Promise<void> {
  const options = withNames(names, given);
  const reporter = await reporterOf({ ...options, json: false });
  const project = load('freshness', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const ids = await selectedNodes(names, options, project, reporter);
  const sources = [...ids].flatMap((id): SourceNode[] => {
    const node = project.manifest.nodes.get(id);
    return node?.resourceType === 'source' && isChecked(node) ? [node] : [];
  });
  const { onRunStart, onRunEnd } = project.project;
  if (onRunStart.length + onRunEnd.length > 0)
    reporter.listener.note('source freshness only reads: on-run-start and on-run-end do not run');
  const results =
    sources.length === 0 ? [] : await checkFreshness(sources, options, project, reporter);
  reporter.end();
  await writeSources(
    project,
    results,
    options.output === undefined
      ? join(project.targetDir, 'sources.json')
      : resolve(options.output),
  );
  await print(sources, results, options);
  if (results.some(isStale)) process.exitCode = 1;
}

/** Of sources that ask for it; the tables or files are opened for it. @throws TechstoreError `publish` */
export async function checkFreshness(
  sources: readonly SourceNode[],
  options: Pick<FreshnessOptions, 'sources'>,
  project: LoadedProject,
  reporter: Reporter,
): Promise<FreshnessResult[]> {
  const { manifest, compiler, profile } = project;
  const files = await filesOfSources(options, manifest, reporter);
  let results: FreshnessResult[] = [];
  await inStore(project, reporter, async (store) => {
    const opened = await open(sources, files, store, project, reporter);
    const end = interrupting(opened.engine);
    try {
      results = await checkSources(sources, opened.engine, compiler, {
        threads: profile.threads,
        fileTime: opened.fileTime,
        redact: withoutSecretsIn,
      });
    } finally {
      end();
      await opened.close();
    }
  });
  return results;
}

interface Opened {
  readonly engine: Engine;
  readonly fileTime: (source: SourceNode) => Date | undefined;
  readonly close: () => Promise<void>;
}

/** The files of --sources, else what is published, else the seeds that stand for sources. */
async function open(
  sources: readonly SourceNode[],
  files: SourceFiles | null,
  store: BuildStore,
  { manifest, session }: LoadedProject,
  reporter: Reporter,
): Promise<Opened> {
  refuseFiles(files, store);
  const fileTime = store.loadsFiles ? fileTimes(manifest, files) : () => undefined;
  const opened = files === null ? await store.openSources() : null;
  if (opened !== null) {
    return { ...opened, fileTime: recordedTimes(opened.build, fileTime) };
  }
  if (files === null) {
    const seeds = seedsOfSources(manifest);
    if (!sources.some(({ uniqueId }) => seeds.has(uniqueId))) {
      throw new TechstoreError('publish', 'Nothing is published yet, so no source can be read', {
        hint: 'Run techstore build, or name the folder of the source files with --sources.',
      });
    }
    reporter.listener.note('Nothing is published yet: the seeds that stand for sources are read');
  }
  const engine = await openLocalSources({
    manifest,
    sources,
    files,
    catalog: session.target.database,
    warn: (text) => reporter.listener.warn(text),
  });
  return { engine, fileTime, close: () => engine.close() };
}

/** As dbt prints them. */
const shownStatus = { pass: 'PASS', warn: 'WARN', error: 'ERROR STALE', 'runtime error': 'ERROR' };

async function print(
  sources: readonly SourceNode[],
  results: readonly FreshnessResult[],
  options: FreshnessOptions,
): Promise<void> {
  const byId = new Map(sources.map((source) => [source.uniqueId, source]));
  const nameOf = (id: string): string => {
    const source = byId.get(id);
    return source === undefined ? id : nodeName(source);
  };
  // A table for the eye has no room for more; programs get numbers and reasons too.
  const isTable = formatOf(options) === 'table';
  await printRows(
    ownRows(
      [
        ['source', 'VARCHAR'],
        ['status', 'VARCHAR'],
        ['age', 'VARCHAR'],
        ['newest_record', 'TIMESTAMP'],
        ['warn_after', 'VARCHAR'],
        ['error_after', 'VARCHAR'],
        ...(isTable
          ? []
          : ([
              ['age_seconds', 'DOUBLE'],
              ['error', 'VARCHAR'],
            ] as const)),
      ],
      results.map(({ uniqueId, status, age, maxLoadedAt, criteria, error }) => {
        const newest = newestOf(maxLoadedAt);
        return [
          nameOf(uniqueId),
          shownStatus[status],
          age === null || newest === null ? null : ageText(age),
          newest === null ? null : newest.toISOString().slice(0, 19).replace('T', ' '),
          criteria.warnAfter === null ? null : limitText(criteria.warnAfter),
          criteria.errorAfter === null ? null : limitText(criteria.errorAfter),
          ...(isTable ? [] : [newest === null ? null : age, error]),
        ];
      }),
    ),
    options,
    'Nothing to do: no selected source has a freshness threshold.',
  );
  for (const { uniqueId, error } of results) {
    const place = byId.get(uniqueId)?.place;
    const where = place === undefined ? '' : `${formatPlace(place)}: `;
    if (error !== null)
      process.stderr.write(
        `${withoutSecretsIn(visible(`${where}${nameOf(uniqueId)}: ${error}`))}\n`,
      );
  }
}
