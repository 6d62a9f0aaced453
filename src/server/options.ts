/** What a server can be told. */
import type { RequestLimits } from './http/request-limits.js';
import type { KeyRing } from './keys/key-ring.js';
import type { ServedBuilds } from './store/served-builds.js';

export interface ServerOptions {
  readonly store: ServedBuilds;
  /** Name of the target. */
  readonly target: string;
  /** Version of the program. It shows nowhere but in ETags, as a hash. */
  readonly version: string;
  /** Null: no key is asked for. */
  readonly keys: KeyRing | null;
  /** Masks e-mail addresses where no key is asked for. */
  readonly masksEmails: boolean;
  /** Origins whose pages may read answers; `*` for all. Default none. */
  readonly corsOrigins?: readonly string[];
  /** Names that the header Host may have; null for any. */
  readonly allowedHosts?: readonly string[] | null;
  /** Addresses of proxies whose X-Forwarded-For holds. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Requests a minute of one key or address; 0 for no limit. Default 6,000. */
  readonly rateLimit?: number;
  /** Bytes of the answers that are kept. Default 64 MiB. */
  readonly cacheBytes?: number;
  /** Milliseconds that the program may be behind before it answers 503; 0 for no limit. Default 2,000. */
  readonly maxEventLoopDelay?: number;
  readonly limits?: Partial<RequestLimits>;
  /** Where the log goes; none without. It must not throw: see `LogOutput`. */
  readonly log?: { readonly write: (line: string) => void; readonly lost?: number };
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** Logs messages and stacks of faults too, which may hold SQL and paths. */
  readonly debug?: boolean;
}

export const defaults = {
  rateLimit: 6000,
  maxEventLoopDelay: 2000,
  cacheBytes: 64 * 1024 * 1024,
} as const;
