/** What went through the gateway: the proof of what the program sent, and of what it cancelled. */
import type { SparkParameter } from './parameters.js';

export interface RecordedStatement {
  readonly sql: string;
  readonly parameters: readonly SparkParameter[];
  /** Query tags as the driver serializes them: `key:value,key:value`. */
  readonly tags: string | null;
  /** Identifies the session, in hexadecimal. */
  readonly session: string;
  /** Whether Spark got it, or a fault came first. */
  taken: boolean;
}

export class Recording {
  readonly statements: RecordedStatement[] = [];
  /** Names of all calls, in order. */
  readonly calls: string[] = [];
  /** Configuration of each session that was opened. */
  readonly sessions: Readonly<Record<string, string>>[] = [];
  /** What the driver says of itself. */
  readonly userAgents = new Set<string>();
  /** Defects of the gateway itself. */
  readonly errors: string[] = [];
  /** Paths that were asked for, other than the warehouse's. */
  readonly strangePaths: string[] = [];

  count(method: string): number {
    return this.calls.filter((call) => call === method).length;
  }

  /** How often Spark got a statement that matches. */
  taken(sql: RegExp): number {
    return this.statements.filter((s) => s.taken && sql.test(s.sql)).length;
  }

  /** How often the program sent one that matches. */
  sent(sql: RegExp): number {
    return this.statements.filter((s) => sql.test(s.sql)).length;
  }

  clear(): void {
    this.statements.length = 0;
    this.calls.length = 0;
    this.sessions.length = 0;
  }
}
