/** A build as everybody looks at it, whether it is a file or a schema of a warehouse. */
import { TechstoreError } from '../errors.js';
import type { BuildRecord } from './record.js';

export interface Build {
  readonly id: string;
  readonly record: BuildRecord;
  /** Of its file; null where it has none. */
  readonly bytes: number | null;
  /** True for the one build that readers get. */
  readonly published: boolean;
  /** True when its kept file is not what was built: something else than this program wrote to it, or it is damaged. */
  readonly modified: boolean;
  /** True when the published file, where this build is published, is not what was published. */
  readonly touched?: boolean;
  /** What is damaged, as a sentence's end: `its file is damaged: block 3 of 12`; null for a whole one. */
  readonly damage?: string | null;
}

/** A build that nothing can be done with, and that stands in nothing's way. */
export interface DamagedBuild {
  readonly id: string;
  /** As a sentence's end: `its record is not JSON`. */
  readonly damage: string;
  /** Of its database file; null when there is none. */
  readonly bytes: number | null;
}

/** Builds that can become the published one. */
export function isWhole(build: Build): boolean {
  return !isUnfinished(build) && build.record.state !== 'finished';
}

/** @throws TechstoreError `publish` for a build that must not be published */
export function mustBePublishable(build: Build): void {
  if (isWhole(build)) return;
  const { state, limited } = build.record;
  const why =
    limited !== undefined
      ? `was made with --${limited}`
      : state === 'working'
        ? 'was not tested as a whole'
        : 'failed';
  throw new TechstoreError('publish', `The build ${build.id} ${why} and can not be published.`, {
    hint: '`techstore builds list` shows the builds that can.',
  });
}

/** Builds that can be gone on with: what failed, and what `run`, `seed` and `test` work on. */
export function isUnfinished({ record }: { readonly record: Pick<BuildRecord, 'state'> }): boolean {
  return record.state === 'failed' || record.state === 'working';
}

/** The newest build before the published one that was published and not rolled back; null when there is none. */
export function previousOf<B extends Build>(builds: readonly B[]): B | null {
  const published = builds.find((b) => b.published);
  return (
    builds.find(
      (b) =>
        (published === undefined || b.id < published.id) &&
        !b.published &&
        b.record.rolledBackAt === null &&
        (b.record.state === 'published' || b.record.state === 'imported'),
    ) ?? null
  );
}

/**
 * The build that `name` means: an id, the beginning of one, `latest` (the newest,
 * failed ones too), `published`, `previous` (what a rollback would publish) or
 * `failed` or `working`. Throws code `publish` when it means none or several.
 */
export function findBuild<B extends Build>(builds: readonly B[], name: string): B {
  const one = (build: B | null | undefined, what: string) => {
    if (build === null || build === undefined) throw new TechstoreError('publish', what, listHint);
    return build;
  };
  switch (name) {
    case 'latest':
      return one(builds[0], 'There are no builds yet.');
    case 'published':
      return one(
        builds.find((b) => b.published),
        'No kept build is published.',
      );
    case 'previous':
      return one(previousOf(builds), 'There is no build before the published one.');
    case 'failed':
      return one(
        // Scripts know a working build by this name too.
        builds.find((b) => b.record.state === 'failed') ??
          builds.find((b) => b.record.state === 'working'),
        'No failed build is kept.',
      );
    case 'working':
      return one(
        builds.find((b) => b.record.state === 'working'),
        'No working build is kept.',
      );
    default: {
      const exact = builds.find((b) => b.id === name);
      if (exact !== undefined) return exact;
      const found = name === '' ? [] : builds.filter((b) => b.id.startsWith(name));
      if (found.length > 1) {
        throw new TechstoreError(
          'publish',
          `Several builds begin with ${name}: ${found.map((b) => b.id).join(', ')}.`,
          { hint: 'Write more of the id.' },
        );
      }
      return one(found[0], `There is no build ${name}.`);
    }
  }
}

const listHint = { hint: '`techstore builds list` shows the builds that are kept.' };
