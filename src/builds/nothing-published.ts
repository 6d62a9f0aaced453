import { TechstoreError } from '../errors.js';

export function nothingPublished(): TechstoreError {
  return new TechstoreError('publish', 'Nothing is published yet', {
    hint: 'Run: techstore build',
  });
}
