/** `TECHSTORE_API_KEYS`: records of keys for machines that keep no files. */
import { TechstoreError } from '../../errors.js';
import { keyRecordSchema, type KeyRecord } from './api-key.js';

/**
 * Records apart from each other by blanks, the parts of one by slashes:
 * `name/hash/scope,scope/expiry`. Without scopes a key may read; without an expiry it
 * lasts. Code `usage` for anything else, without repeating what was given: it may be a
 * key that somebody put there in the clear.
 */
export function keysInEnvironment(text: string | undefined): readonly KeyRecord[] {
  const entries = (text ?? '').split(/\s+/).filter((entry) => entry !== '');
  return entries.map((entry, i) => {
    const [name, hash, scopes, expiry, ...more] = entry.split('/');
    const record = keyRecordSchema.safeParse({
      name,
      hash,
      scopes: scopes === undefined || scopes === '' ? ['read'] : scopes.split(','),
      createdAt: null,
      expiresAt: expiry === undefined || expiry === '' ? null : expiry,
    });
    if (record.success && more.length === 0) return record.data;
    throw new TechstoreError(
      'usage',
      `Entry ${i + 1} of TECHSTORE_API_KEYS is not the record of a key`,
      {
        hint: 'Keys are stored as hashes. `techstore keys create NAME` shows a key and its record.',
      },
    );
  });
}

/** The record as `keysInEnvironment` reads it. */
export function recordText({ name, hash, scopes, expiresAt }: KeyRecord): string {
  const parts = [name, hash, scopes.join(',')];
  return (expiresAt === null ? parts : [...parts, expiresAt]).join('/');
}
