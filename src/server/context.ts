/** What the routes of a server share. */
import type { AnswerCache } from './answer/answer-cache.js';
import type { LongLists } from './answer/long-lists.js';
import type { Client } from './keys/api-key.js';
import type { KeyRing } from './keys/key-ring.js';
import type { ServedBuilds } from './store/served-builds.js';

export interface ServerContext {
  readonly store: ServedBuilds;
  readonly cache: AnswerCache;
  readonly lists: LongLists;
  /** Name of the target, as the profile calls it. */
  readonly target: string;
  /** Goes into every ETag: another version of the program may answer otherwise. */
  readonly salt: string;
  /** Null when no keys are asked for. */
  readonly keys: KeyRing | null;
  /** Whether this client sees e-mail addresses masked. */
  masksEmails(client: Client | null): boolean;
}
