/** A kept build: a file, or a schema of a warehouse. */
import { TechstoreError } from '../errors.js';
import type { BuildRecord } from './record.js';

export interface Build {
  readonly id: string;
  readonly record: BuildRecord;
  /** Size of its file; null if it has none. */
  readonly bytes: number | null;
  /** True for the one build that readers see. */
  readonly published: boolean;
  /** True if its kept file is not as built: another program wrote to it, or it is damaged. */
  readonly modified: boolean;
  /** True if this build is published and the published file was changed since. */
  readonly touched?: boolean;
  /** The damage, as the end of a sentence: `its file is damaged: block 3 of 12`; null if there is none. */
  readonly damage?: string | null;
}

/** A build that cannot be used. It does not affect other builds. */
export interface DamagedBuild {
  readonly id: string;
  /** As the end of a sentence: `its record is not JSON`. */
  readonly damage: string;
  /** Size of its database file; null if there is none. */
  readonly bytes: number | null;
}

/** True for a build that can be published. */
export function isWhole(build: Build): boolean {
  return !isUnfinished(build) && build.record.state !== 'finished';
}

/** @throws TechstoreError `publish` for a build that cannot be published */
export function mustBePublishable(build: Build): void {
  if (isWhole(build)) return;
  const { state, limited } = build.record;
  const untested = state === 'failed' ? 'failed' : 'was not fully tested';
  const why = limited === undefined ? untested : `was made with --${limited}`;
  throw new TechstoreError('publish', `Build ${build.id} ${why} and cannot be published.`, {
    hint: 'Choose another build: `techstore builds list` shows them.',
  });
}

/** True if a new build may take tables over from it: they are as techstore built them. */
export function isReusable({ record, modified }: Build): boolean {
  return record.state !== 'imported' && !modified;
}

/** True for a build that can be resumed: a failed one, or one of `run`, `seed` and `test`. */
export function isUnfinished({ record }: { readonly record: Pick<BuildRecord, 'state'> }): boolean {
  return record.state === 'failed' || record.state === 'working';
}

/** The newest build before the published one that was published and not rolled back; null if there is none. */
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
 * Finds a build by an id, the beginning of an id, `latest` (the newest, including failed ones),
 * `published`, `previous` (the one that a rollback would publish), `failed` or `working`.
 *
 * @throws TechstoreError `publish` if `name` matches no build or several
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
          { hint: 'Give more characters of the id.' },
        );
      }
      return one(found[0], `There is no build ${name}.`);
    }
  }
}

const listHint = { hint: '`techstore builds list` shows the builds that are kept.' };
