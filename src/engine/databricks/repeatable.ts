/** Which statements may be sent a second time when nobody knows whether the first one ran. */
import { codeOf } from './scan.js';

export type Repeatable =
  /** Changes nothing. */
  | 'read'
  /** Ends in the same state however often it runs, one after the other. */
  | 'same-end'
  | 'no';

export function repeatable(sql: string): Repeatable {
  const code = codeOf(sql).replaceAll('(', ' ').trim();
  const [first = ''] = /^[a-z]+/i.exec(code) ?? [];
  switch (first.toUpperCase()) {
    case 'SELECT':
    case 'WITH':
    case 'VALUES':
    case 'FROM':
    case 'TABLE':
      // WITH … INSERT and FROM … INSERT are writes; a column of that name costs us only a retry.
      return /\b(insert|merge|update|delete)\b/i.test(code) ? 'no' : 'read';
    case 'SHOW':
    case 'DESCRIBE':
    case 'DESC':
    case 'EXPLAIN':
    case 'LIST':
      return 'read';
    case 'CREATE':
      return /^create\s+(or\s+replace\b|[\w\s]*?\bif\s+not\s+exists\b)/i.test(code)
        ? 'same-end'
        : 'no';
    case 'DROP':
      return /^drop\s+\w+\s+if\s+exists\b/i.test(code) ? 'same-end' : 'no';
    case 'ALTER':
      return /^alter\s+view\s+[\w\s.]*?\bas\s/i.test(code) ? 'same-end' : 'no';
    case 'COMMENT':
    case 'USE':
    case 'SET':
      return 'same-end';
    default:
      return 'no';
  }
}

/** True where a session is not the same afterwards, so that it must not serve others. */
export function changesSession(sql: string): boolean {
  return /^\s*(use|set|reset|declare|create\s+(or\s+replace\s+)?(global\s+)?temp)/i.test(
    codeOf(sql),
  );
}
