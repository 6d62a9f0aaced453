/** API keys: what is stored of one, and how a given one is recognized. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a key may do. */
export const scopes = ['read', 'customers:pii', 'metrics'] as const;
export type Scope = (typeof scopes)[number];

export const scopeMeanings: Readonly<Record<Scope, string>> = {
  read: 'every answer under /api, with masked e-mail addresses',
  'customers:pii': 'e-mail addresses in full',
  metrics: '/metrics, metrics of the server itself',
};

/** What is stored: never the key. */
export const keyRecordSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/),
  /** SHA-256 of the key as hexadecimal digits. A key is 256 random bits: there is nothing to guess that a slow hash would protect. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(z.enum(scopes)).min(1),
  /** ISO 8601 in UTC. */
  createdAt: z.iso.datetime().nullable(),
  /** The instant from which on it is refused; null for never. */
  expiresAt: z.iso.datetime().nullable(),
});

export type KeyRecord = z.infer<typeof keyRecordSchema>;

/** Who asks. */
export interface Client {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** A new key, to be shown once. */
export function newKey(): string {
  return `tsk_${randomBytes(32).toString('base64url')}`;
}

export function hashOf(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/**
 * Whose key it is; null for nobody's and for one that has expired. Every record is
 * compared, in constant time, so that nothing can be learned from how long it takes.
 */
export function recognize(key: string, records: readonly KeyRecord[], now: Date): Client | null {
  const given = Buffer.from(hashOf(key), 'hex');
  let found: KeyRecord | null = null;
  for (const record of records) {
    if (timingSafeEqual(given, Buffer.from(record.hash, 'hex'))) found ??= record;
  }
  if (found === null || isExpired(found, now)) return null;
  return { name: found.name, scopes: found.scopes };
}

export function isExpired({ expiresAt }: Pick<KeyRecord, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime();
}
