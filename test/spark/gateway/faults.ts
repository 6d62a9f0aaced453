/** What goes wrong on purpose: a script of faults, each for the next calls that it fits. */

export type Fault =
  /** An answer of HTTP itself; Spark is never asked. */
  | { readonly kind: 'http'; readonly status: number; readonly retryAfter?: string }
  /** The connection breaks before Spark hears of the call. */
  | { readonly kind: 'reset-before' }
  /** Spark takes the call and answers; the connection breaks before the answer arrives. */
  | { readonly kind: 'reset-after' }
  /** The call is passed on late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The same, but not for a program that hung up meanwhile. */
  | { readonly kind: 'held'; readonly milliseconds: number }
  /** Spark's session is closed first, so that Spark itself refuses the call. */
  | { readonly kind: 'session-lost' }
  /** The statement fails with this text; Spark is never asked. */
  | { readonly kind: 'statement-fails'; readonly message: string };

export interface FaultRule {
  readonly fault: Fault;
  /** Thrift's name of the call; default ExecuteStatement. */
  readonly method?: string;
  /** Only statements that match. */
  readonly sql?: RegExp;
  /** Default 1. */
  readonly times?: number;
}

export class FaultScript {
  private rules: { readonly rule: FaultRule; left: number }[] = [];

  add(rule: FaultRule): void {
    this.rules.push({ rule, left: rule.times ?? 1 });
  }

  /** The fault that this call meets, which is used up by it. */
  take(method: string, sql: string | null): Fault | null {
    const found = this.rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.method ?? 'ExecuteStatement') === method &&
        (rule.sql === undefined || (sql !== null && rule.sql.test(sql))),
    );
    if (found === undefined) return null;
    found.left -= 1;
    return found.rule.fault;
  }

  /** Faults that no call has met yet. */
  get pending(): number {
    return this.rules.reduce((sum, { left }) => sum + left, 0);
  }

  clear(): void {
    this.rules = [];
  }
}
