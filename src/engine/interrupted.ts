import { interruptedError, type TechstoreError } from '../errors.js';

/** What every engine throws for a statement that was cancelled. */
export function interrupted(cause?: unknown): TechstoreError {
  return interruptedError('The query was cancelled.', cause);
}
