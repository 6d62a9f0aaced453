/** What `ref` of an ephemeral model answers: the CTE that is put before the query. */
import type { Quote } from './quote.js';
import { RelationValue, type RowsRead } from './relation.js';

/** A name that no engine takes for anything else, however it is written. */
const plain = /^[a-z_][a-z0-9_]*$/i;

/** dbt never quotes such a name; here it is quoted where it has to be, as that of `daily-orders`. */
export function cteRelation(name: string, quote: Quote, rows: RowsRead = {}): RelationValue {
  const identifier = `__dbt__cte__${name}`;
  return new RelationValue({ database: null, schema: null, identifier, type: 'cte' }, quote, {
    quoted: { database: true, schema: true, identifier: !plain.test(identifier) },
    rows,
  });
}
