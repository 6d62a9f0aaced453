/** A build on a warehouse from its beginning to its end. */
import { TechstoreError } from '../../errors.js';
import type { RelationName } from '../../engine/engine.js';
import type { BuildDetails } from '../record.js';
import type { BuildRow, PublishedName } from './build-row.js';

export interface Begun {
  readonly build: BuildRow;
  readonly published: BuildRow | null;
  /** The failed build that it goes on in, whose tables are those of nodes that do not run; null for a new one. */
  readonly resumed: BuildRow | null;
  /** Sentences about repaired leftovers of earlier runs. */
  readonly notes: readonly string[];
}

/** The result of a build. */
export interface SchemaOutcome {
  readonly details: BuildDetails;
  /** Published names of the relations that it created. */
  readonly names: readonly PublishedName[];
  /** True for a published name that this build also has. */
  readonly stays: (name: RelationName) => boolean;
  readonly threads: number;
}

/** A complete build that is not published yet. */
export interface FinishedSchema {
  readonly build: BuildRow;
  readonly changed: readonly PublishedName[];
  /** The names that are published until then. */
  readonly before: readonly PublishedName[];
  readonly threads: number;
}

/** The build that one begins from: what does not run is taken from there. */
export function baseOf({ published, resumed }: Begun): BuildRow | null {
  return resumed ?? published;
}

/** @throws TechstoreError `publish` where the newest build did not fail */
export function toResume(others: readonly BuildRow[], published: BuildRow | null): BuildRow {
  const failed = others.find(({ id, state }) => state === 'failed' && id > (published?.id ?? ''));
  if (failed !== undefined) return failed;
  throw new TechstoreError('publish', 'No failed build is kept.', {
    hint: 'A failed build is kept until another one begins. Run the command again instead of techstore retry.',
  });
}
