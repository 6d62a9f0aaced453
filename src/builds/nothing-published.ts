import { TechstoreError } from '../errors.js';
import { nothingPublished as message } from '../ground/published.js';

export function nothingPublished(): TechstoreError {
  return new TechstoreError('publish', message, {
    hint: 'Run: techstore build',
  });
}
