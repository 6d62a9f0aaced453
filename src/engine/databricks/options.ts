/** How a warehouse is reached, and how patient the program is with it. */
import type { RetryLimits } from './retry.js';

export type DatabricksAuth =
  | { readonly kind: 'token'; readonly token: string }
  /** A service principal, machine to machine. */
  | { readonly kind: 'oauth'; readonly clientId: string; readonly clientSecret: string };

export interface DatabricksOptions {
  /** Without scheme; a port may follow it: `adb-1.2.azuredatabricks.net`. */
  readonly host: string;
  /** `/sql/1.0/warehouses/…`. */
  readonly httpPath: string;
  readonly auth: DatabricksAuth;
  /** The catalog that names without one belong to. */
  readonly database: string;
  /** Certificates (PEM) that are trusted beside the public ones: a private authority. */
  readonly caCert?: string | undefined;
  /** Tags of every statement, such as the run's id. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Told while the program waits for the warehouse: a sentence for the user. */
  readonly onNotice?: (message: string) => void;
  readonly limits?: Partial<RetryLimits>;
  /** After how many ms an idle session is closed. Default 5 minutes. */
  readonly idleMs?: number;
  /** After how many ms without an answer a call counts as lost. Default 3 minutes. */
  readonly answerMs?: number;
}
