/** Prepared statements of one connection, kept for the next time that the same text is asked. */
import type { DuckDBPreparedStatement } from '@duckdb/node-api';

/**
 * A statement that is in use is not in here: two questions of the same text at once would
 * bind their values to one statement. The one that was not used for longest goes first.
 */
export class KeptStatements {
  private readonly most: number;
  private readonly idle = new Map<string, DuckDBPreparedStatement>();

  constructor(most: number) {
    this.most = most;
  }

  /** Undefined when there is none that is free. Whoever takes it gives it back or destroys it. */
  take(sql: string): DuckDBPreparedStatement | undefined {
    const statement = this.idle.get(sql);
    this.idle.delete(sql);
    return statement;
  }

  giveBack(sql: string, statement: DuckDBPreparedStatement): void {
    this.idle.get(sql)?.destroySync();
    // A Map goes through its keys in the order in which they were added.
    this.idle.delete(sql);
    this.idle.set(sql, statement);
    if (this.idle.size <= this.most) return;
    const [oldest] = this.idle;
    if (oldest === undefined) return;
    oldest[1].destroySync();
    this.idle.delete(oldest[0]);
  }

  /** A file stays locked for as long as any statement refers to it. */
  destroyAll(): void {
    for (const statement of this.idle.values()) statement.destroySync();
    this.idle.clear();
  }
}
