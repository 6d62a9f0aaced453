/** How a build ends that Ctrl-C stopped. */
import { TechstoreError } from '../errors.js';

export function interrupted(): TechstoreError {
  return new TechstoreError('interrupted', 'Interrupted: nothing was published', { exitCode: 130 });
}
