import { TechstoreError } from '../../errors.js';

export function interrupted(): TechstoreError {
  return new TechstoreError('interrupted', 'The query was cancelled.', { exitCode: 130 });
}
