/** `keys create|list|revoke`. */
import { join, resolve } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { OutputFailure, writeTo } from '../../format/rows/write-to.js';
import { didYouMean } from '../../ground/did-you-mean.js';
import {
  hashOf,
  isExpired,
  keyRecordSchema,
  newKey,
  type KeyRecord,
  type Scope,
} from '../../server/keys/api-key.js';

import { changeKeyFile, readKeyFile } from '../../server/keys/key-file.js';
import { recordText } from '../../server/keys/keys-in-environment.js';
import { did } from '../output.js';
import { calendarDate, type FormatOptions, type ProjectOptions } from '../options.js';
import { ownRows, printRows } from '../print-rows.js';

export interface KeysOptions extends ProjectOptions, FormatOptions {
  readonly keysFile?: string;
}

export interface CreateKeyOptions extends KeysOptions {
  readonly scope: readonly Scope[];
  readonly expires?: string;
  readonly printOnly?: boolean;
}

const DAY = 86_400_000;

/** Where the keys of a project are stored. */
export function keysFileOf(options: Pick<KeysOptions, 'keysFile' | 'projectDir'>): string {
  return resolve(
    options.keysFile ?? join(options.projectDir ?? '.', '.techstore', 'api-keys.json'),
  );
}

export async function createKey(name: string, options: CreateKeyOptions): Promise<void> {
  const now = new Date();
  const key = newKey();
  const record = keyRecordSchema.safeParse({
    name,
    hash: hashOf(key),
    scopes: [...new Set(options.scope)],
    createdAt: now.toISOString(),
    expiresAt: options.expires === undefined ? null : expiryOf(options.expires, now),
  });
  if (!record.success) {
    throw new TechstoreError('usage', `'${name}' is not a valid key name`, {
      hint: 'Use at most 64 letters, digits, points, dashes and underscores.',
    });
  }
  if (options.printOnly === true) await show(key);
  else await store(record.data, key, keysFileOf(options));
  if (options.quiet === true) return;
  process.stderr.write(
    `This is the key '${name}'. It is shown only once, because only its hash is stored.\n` +
      `As an entry of TECHSTORE_API_KEYS: ${recordText(record.data)}\n`,
  );
}

async function show(key: string): Promise<void> {
  await writeTo(process.stdout)(`${key}\n`);
}

/**
 * The key is shown before its record holds: killed between the two, the command leaves a key that
 * opens nothing, and never one that does and that nobody has seen.
 */
async function store(record: KeyRecord, key: string, file: string): Promise<void> {
  let wasShown = false;
  try {
    await changeKeyFile(
      file,
      (keys) => withKey(keys, record),
      async () => {
        await show(key);
        wasShown = true;
      },
    );
  } catch (error) {
    if (error instanceof OutputFailure) did('No key is stored');
    if (wasShown) did('The key shown above is not stored and gives no access');
    throw error;
  }
  did(`The key '${record.name}' is stored`);
}

function withKey(keys: readonly KeyRecord[], record: KeyRecord): readonly KeyRecord[] {
  if (keys.some(({ name }) => name === record.name)) {
    throw new TechstoreError('usage', `The key '${record.name}' already exists`, {
      hint: `Revoke it first, or choose another name: techstore keys revoke ${record.name}`,
    });
  }
  return [...keys, record];
}

/** `90d` from now, or the beginning of a date in UTC. */
function expiryOf(text: string, now: Date): string {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined && Number(days) > 0) {
    return new Date(now.getTime() + Number(days) * DAY).toISOString();
  }
  let date: string;
  try {
    date = calendarDate(text);
  } catch {
    throw new TechstoreError('usage', `'${text}' is neither a date nor a number of days`, {
      hint: 'Write --expires 90d or --expires 2026-12-31.',
    });
  }
  const expiry = new Date(`${date}T00:00:00Z`);
  if (expiry > now) return expiry.toISOString();
  throw new TechstoreError('usage', `A key that expires on ${date} would already be expired`, {
    hint: 'Choose a date after today.',
  });
}

export async function listKeys(options: KeysOptions): Promise<void> {
  const now = new Date();
  await printRows(
    ownRows(
      [
        ['name', 'VARCHAR'],
        ['scopes', 'VARCHAR'],
        ['created_at', 'VARCHAR'],
        ['expires_at', 'VARCHAR'],
        ['state', 'VARCHAR'],
      ],
      readKeyFile(keysFileOf(options)).map((key) => [
        key.name,
        key.scopes.join(', '),
        key.createdAt,
        key.expiresAt,
        isExpired(key, now) ? 'expired' : 'valid',
      ]),
    ),
    options,
    'No keys yet. Run: techstore keys create NAME',
  );
}

export async function revokeKey(name: string, options: KeysOptions): Promise<void> {
  await changeKeyFile(keysFileOf(options), (keys) => withoutKey(keys, name));
  did(`The key '${name}' is revoked`);
  if (options.quiet !== true) process.stdout.write(`Revoked the key '${name}'\n`);
}

function withoutKey(keys: readonly KeyRecord[], name: string): readonly KeyRecord[] {
  const rest = keys.filter((key) => key.name !== name);
  if (rest.length < keys.length) return rest;
  const names = keys.map((key) => key.name);
  const near = didYouMean(name, names);
  throw new TechstoreError('usage', `The key '${name}' does not exist`, {
    hint:
      near ?? (names.length === 0 ? 'No keys are stored.' : `The keys are: ${names.join(', ')}.`),
  });
}
