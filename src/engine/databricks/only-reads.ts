/** What a connection refuses whose statements may only read: a warehouse has no mode for that. */
import { onlyQueries, refuseSeveral } from '../only-reads.js';
import { repeatable } from './repeatable.js';
import { codeOf } from './scan.js';
import type { Statement } from './split-statements.js';

/** @throws DatabaseError for several statements, and for one that is not known to change nothing */
export function refuseAllButOneQuery(statements: readonly Statement[]): void {
  refuseSeveral(statements);
  for (const { sql } of statements) {
    if (repeatable(sql) === 'read') continue;
    const [first = 'statement'] = /[a-z]+/i.exec(codeOf(sql)) ?? [];
    const kind = /^(select|with|from|table|values)$/i.test(first) ? 'write' : first.toUpperCase();
    throw onlyQueries(kind, 'SELECT, WITH, VALUES, SHOW, DESCRIBE or EXPLAIN');
  }
}
