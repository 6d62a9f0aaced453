import { TechstoreError } from '../errors.js';
import { nothingPublished as message } from '../ground/published.js';
import type { Build } from './build.js';

/** @param builds that are kept */
export function nothingPublished(builds: readonly Pick<Build, 'record'>[] = []): TechstoreError {
  const isWorked = builds.some(({ record }) => record.state === 'working');
  if (!isWorked) return new TechstoreError('publish', message, { hint: 'Run: techstore build' });
  return new TechstoreError('publish', `${message}, but there is a working build`, {
    hint:
      'techstore test publishes it when it is complete and its tests pass. ' +
      "To read it as it is: techstore query --build working 'select …'",
  });
}
