/** The error of a build that Ctrl-C stopped. */
import { interruptedError, type TechstoreError } from '../errors.js';

export function interrupted(): TechstoreError {
  return interruptedError('Interrupted: nothing was published');
}
