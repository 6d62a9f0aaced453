import { describe, expect, it } from 'vitest';
import { readable, toDatabaseError } from '../../../src/engine/databricks/errors.js';
import {
  failedCall,
  FailedCall,
  failureOfServer,
  retryAfter,
} from '../../../src/engine/databricks/failure.js';

const context = { host: 'h', httpPath: '/p', redact: (text: string) => text };

describe("a server's text", () => {
  it('of a query that can not be analysed', () => {
    const text = `org.apache.hive.service.cli.HiveSQLException: Error running query: [UNRESOLVED_COLUMN.WITH_SUGGESTION] org.apache.spark.sql.catalyst.ExtendedAnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name \`nme\` cannot be resolved. Did you mean one of the following? [\`name\`]. SQLSTATE: 42703; line 1 pos 7;
'Project ['nme]
+- OneRowRelation

\tat org.apache.spark.sql.hive.thriftserver.HiveThriftServerErrors$.runningQueryError(HiveThriftServerErrors.scala:43)`;
    expect(readable(text)).toEqual({
      message:
        '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nme` cannot be resolved. Did you mean one of the following? [`name`].',
      state: '42703',
      position: { line: 1, column: 8 },
    });
  });

  it('as a warehouse shows it', () => {
    const text =
      '[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. SQLSTATE: 22012\n== SQL (line 1, position 8) ==\nSELECT 1 / 0\n       ^^^^^';
    expect(readable(text)).toMatchObject({
      message:
        '[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead.',
      state: '22012',
      position: { line: 1, column: 8 },
    });
  });

  it('without any form is shown as it is', () => {
    expect(readable('Something else').message).toBe('Something else');
  });
});

describe('kinds of errors', () => {
  it.each([
    ['[TABLE_OR_VIEW_NOT_FOUND] x SQLSTATE: 42P01', 'catalog'],
    [
      '[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE CATALOG',
      'permission',
    ],
    ['[SOME_NEW_CLASS] x SQLSTATE: 42501', 'permission'],
    ['[SOME_NEW_CLASS] x SQLSTATE: 23001', 'constraint'],
    ['[DELTA_CONCURRENT_APPEND] x', 'transaction'],
    ['java.lang.OutOfMemoryError: GC overhead limit exceeded', 'out-of-memory'],
    ['x', 'other'],
  ])('%s', (text, kind) => {
    const failed = new FailedCall(text, failureOfServer(text, false));
    expect(toDatabaseError(failed, context)).toMatchObject({ code: 'database', kind });
  });
});

describe('what the driver throws', () => {
  const http = (statusCode: number, headers: Record<string, string> = {}) => ({
    statusCode,
    message: 'bad',
    response: { headers: { get: (name: string) => headers[name] ?? null } },
  });

  it.each([
    [http(429, { 'retry-after': '3' }), { kind: 'refused', status: 429, afterMs: 3000 }],
    [http(503), { kind: 'refused', status: 503, afterMs: null }],
    [http(502), { kind: 'lost' }],
    [http(401), { kind: 'unauthorized', status: 401 }],
    [http(404), { kind: 'other' }],
    [{ code: 'ECONNRESET', message: 'socket hang up' }, { kind: 'lost' }],
    [
      { code: 'ECONNREFUSED', message: 'x' },
      { kind: 'refused', status: null, afterMs: null },
    ],
    [{ code: 'CERT_HAS_EXPIRED', message: 'x' }, { kind: 'tls' }],
    [{ message: 'Request timed out' }, { kind: 'lost' }],
    [
      { name: 'OPError', message: 'invalid_client' },
      { kind: 'unauthorized', status: 401 },
    ],
    [new TypeError('a defect'), { kind: 'other' }],
  ])('%o', (thrown, failure) => {
    expect(failedCall(thrown).failure).toEqual(failure);
  });

  it('says what the workspace wrote into its headers', () => {
    expect(failedCall(http(503, { 'x-databricks-reason-phrase': 'starting' })).message).toBe(
      'HTTP 503: starting',
    );
  });
});

it('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfter('2', now)).toBe(2000);
  expect(retryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000);
  expect(retryAfter('Wed, 31 Dec 2025 00:00:05 GMT', now)).toBe(0);
  expect(retryAfter('soon', now)).toBeNull();
  expect(retryAfter(null, now)).toBeNull();
});

it('a word of a stack does not make an error of a session', () => {
  const text = '[X] y\n\tat a.SESSION_CLOSED(b)';
  expect(failureOfServer(text, false)).toEqual({ kind: 'server' });
  expect(failureOfServer('[INVALID_HANDLE.SESSION_CLOSED] x', false)).toEqual({ kind: 'session' });
  expect(failureOfServer('x', true)).toEqual({ kind: 'session' });
});
