/** A build in its own database file. */
import type { Engine, SchemaName } from '../../engine/engine.js';
import type { NodeStates, RelationPlace } from '../../manifest/node-state.js';
import type { Manifest } from '../../manifest/nodes.js';
import type { Attempt, AttemptPlan, ClonedTable, Deferral, Published } from '../attempt.js';
import { isReusable, isUnfinished, type Build } from '../build.js';
import type { AttemptOptions } from '../build-store.js';
import type { BuildDetails, Limited } from '../record.js';
import type { FileBuild } from './builds.js';
import type { Candidate } from './candidate.js';
import { placeKey } from '../../manifest/relation-place.js';
import type { ExternalFiles } from '../external-files.js';
import type { ExistingTables, UsedTables } from '../existing-tables.js';
import { carryOver } from './carry-over.js';
import type { FileBuilds } from './file-builds.js';

/** Where the earlier build is attached while tables are copied from it. */
const previous = 'techstore_previous';

export class FileAttempt implements Attempt {
  readonly base: FileBuild | null;
  readonly prior: NodeStates;
  readonly resumes: boolean;
  readonly limited: Limited | undefined;
  readonly sourcesExist = false;
  readonly mayWrite = true;
  readonly notes: readonly string[];
  readonly schemas: readonly SchemaName[] = [];
  existingNow: UsedTables | null = null;
  private readonly builds: FileBuilds;
  private readonly options: AttemptOptions;
  private candidate: Candidate | null = null;

  /** Takes no lock and opens nothing. */
  constructor(builds: FileBuilds, options: AttemptOptions) {
    builds.check();
    this.builds = builds;
    this.options = options;
    this.resumes =
      options.resume === true || (options.kind !== 'build' && hasWorkingCandidate(builds, options));
    this.base = this.resumes ? unfinished(builds) : builds.published();
    const { base } = this;
    this.limited = options.limited ?? (this.resumes ? base?.record.limited : undefined);
    this.notes = options.kind === 'test' && this.resumes ? notesOf(base) : [];
    this.prior = base !== null && isReusable(base) ? base.record.nodes : {};
  }

  existing(): Promise<ExistingTables> {
    return this.builds.existing();
  }

  get externalFiles(): ExternalFiles | undefined {
    return this.candidate?.external;
  }

  async start({ run, load, carry, manifest, existing = null }: AttemptPlan): Promise<Engine> {
    const { builds, options, base } = this;
    if (options.publishes === true) {
      await builds.checkForeign([
        ...run.flatMap((node) =>
          node.resourceType === 'model' || node.resourceType === 'seed'
            ? [{ schema: node.schema, identifier: node.alias }]
            : [],
        ),
        ...load,
      ]);
    }
    const { resume, ...lock } = options;
    const resumes = base !== null && (this.resumes || resume === true);
    const from = base === null || carry.length === 0 ? undefined : { build: base.id, keep: carry };
    this.candidate = await builds.openCandidate(
      resumes ? { ...lock, resume: base.id } : { ...lock, from },
    );
    if (existing !== null) {
      const old = resumes ? (base.record.existingViews ?? []) : [];
      this.existingNow = await this.candidate.readExisting(existing, namesOf(manifest), old);
    }
    return this.candidate.engine;
  }

  placed(manifest: Manifest): Manifest {
    return manifest;
  }

  async takeOver(relations: readonly RelationPlace[]): Promise<string | null> {
    if (this.resumes) return null;
    const candidate = this.open();
    if (candidate.isCopy || candidate.refusal !== null) return candidate.refusal;
    const attached = await candidate.attachPrevious(previous);
    if (attached.state === 'busy' || attached.state === 'unusable') return attached.message;
    if (attached.state === 'none') return null;
    const { engine } = candidate;
    const connection = await engine.connect();
    try {
      await carryOver(relations, previous, engine.database, connection, engine.dialect);
    } finally {
      await connection.release();
    }
    await engine.detach(previous);
    return null;
  }

  async defer(deferral: Deferral): Promise<ReadonlyMap<string, number>> {
    const { copyDeferred } = await import('./copy-deferred.js');
    return copyDeferred(deferral, {
      engine: this.open().engine,
      own: this.builds.publishedPath,
    });
  }

  async clone(deferral: Deferral, done: (cloned: ClonedTable) => void): Promise<void> {
    const { copyEach } = await import('./copy-deferred.js');
    await copyEach(deferral, { engine: this.open().engine, own: this.builds.publishedPath }, done);
  }

  settle(): Promise<readonly string[]> {
    return this.builds.tidyPublished(this.options);
  }

  async publish(details: BuildDetails): Promise<Published> {
    const { build, warnings } = await this.builds.publish(this.open(), details);
    return { id: build.id, warnings };
  }

  async keep(details: BuildDetails, state: 'failed' | 'working'): Promise<Build | null> {
    const candidate = this.open();
    // A test of what is published looked at a copy, which is of no use any more.
    if (this.options.kind === 'test' && !this.resumes) {
      await this.builds.abandon(candidate);
      return null;
    }
    return this.builds.fail(candidate, details, state);
  }

  async abandon(): Promise<void> {
    // One that has ended refuses to end again.
    if (this.candidate !== null) await this.builds.abandon(this.candidate).catch(() => undefined);
  }

  interrupt(): void {
    this.candidate?.engine.interruptAll();
  }

  private open(): Candidate {
    if (this.candidate === null) throw new TypeError('The attempt has not started.');
    return this.candidate;
  }
}

/** Names that the project makes itself. */
function namesOf(manifest: Manifest): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of manifest.nodes.values()) {
    if (!('alias' in node) || !('schema' in node)) continue;
    names.add(placeKey({ schema: node.schema, identifier: node.alias }));
  }
  return names;
}

/**
 * True where `run` or `seed` left a candidate after the last publish: the next one goes on in it. Of
 * one whose tables lack rows only tests make use, and what is to lack them too.
 */
function hasWorkingCandidate(builds: FileBuilds, { kind, limited }: AttemptOptions): boolean {
  const [latest] = builds.listBuilds();
  if (latest === undefined || !isUnfinished(latest)) return false;
  const { record } = latest;
  const isWork = (record.kind ?? 'build') !== 'build' || record.state === 'working';
  const isFit = record.limited === undefined || record.limited === limited || kind === 'test';
  return isWork && isFit;
}

function notesOf(base: FileBuild | null): readonly string[] {
  const limited = base?.record.limited;
  return base === null || limited === undefined
    ? []
    : [`Tests run in build ${base.id}, which was made with --${limited}`];
}

/** @throws TechstoreError `publish` if there is no build to resume */
function unfinished(builds: FileBuilds): FileBuild {
  return builds.listBuilds().find(isUnfinished) ?? builds.showBuild('failed');
}
