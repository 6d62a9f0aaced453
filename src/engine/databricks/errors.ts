/** Failures as the program's errors: Spark's error class and message; Java's stack stays in the cause. */
import { TechstoreError } from '../../errors.js';
import { DatabaseError, type DatabaseErrorKind } from '../database-error.js';
import { FailedCall } from './failure.js';
import { interrupted } from '../interrupted.js';

export interface ErrorContext {
  readonly host: string;
  readonly httpPath: string;
  /** Where the statement begins in the SQL of the caller. Default 1, 1. */
  readonly line?: number;
  readonly column?: number;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

export function toDatabaseError(thrown: unknown, context: ErrorContext): TechstoreError {
  if (thrown instanceof TechstoreError) return thrown;
  if (!(thrown instanceof FailedCall)) {
    if (thrown instanceof Error) throw thrown;
    throw new TypeError('Not an error of the driver.');
  }
  const message = context.redact(thrown.message);
  const cause = causeOf(thrown, context);
  const { failure } = thrown;
  switch (failure.kind) {
    case 'unauthorized':
      return new DatabaseError(
        failure.status === 403
          ? `${context.host} does not allow it (${message}).`
          : `${context.host} did not accept the token (${message}).`,
        {
          kind: 'permission',
          hint:
            failure.status === 403
              ? 'Give this user or service principal "Can use" on the warehouse.'
              : 'The token may have expired or been revoked. Create a new token and set DBT_DATABRICKS_TOKEN to it.',
          cause,
        },
      );
    case 'tls':
      return new DatabaseError(
        `The certificate of ${context.host} cannot be verified: ${message}`,
        {
          kind: 'io',
          hint: 'Check the host. For a private certificate authority, set ca_file in the profile or NODE_EXTRA_CA_CERTS to its file.',
          cause,
        },
      );
    case 'refused':
      return unreachable(message, failure.status, cause, context);
    case 'lost':
      return new DatabaseError(
        `The connection to ${context.host} was lost: ${message}. The statement may or may not have run.`,
        { kind: 'io', hint: 'Run it again.', cause },
      );
    case 'other':
      return new DatabaseError(
        /HTTP 404/.test(message)
          ? `${context.host} has no warehouse ${context.httpPath}.`
          : `${context.host}: ${message}`,
        {
          kind: 'io',
          hint: "Check http_path. The warehouse's page shows it under Connection details.",
          cause,
        },
      );
    case 'session':
    case 'conflict':
    case 'server':
      return ofServer(message, thrown.sqlState, cause, context);
  }
}

function unreachable(
  message: string,
  status: number | null,
  cause: Error | undefined,
  { host }: ErrorContext,
): DatabaseError {
  if (status !== null) {
    return new DatabaseError(`The warehouse at ${host} does not respond (${message}).`, {
      kind: 'io',
      hint:
        status === 429
          ? 'The warehouse is overloaded. Lower threads in the profile, or try again later.'
          : 'The warehouse may be stopped or starting. Check it in the workspace, then try again.',
      cause,
    });
  }
  return new DatabaseError(`Cannot reach ${host}: ${message}`, {
    kind: 'io',
    hint: /ENOTFOUND|EAI_AGAIN/.test(message)
      ? 'The host name does not exist. Check the host.'
      : 'Check the host and the network.',
    cause,
  });
}

function causeOf(failed: FailedCall, { redact }: ErrorContext): Error | undefined {
  if (failed.detail === undefined) return undefined;
  const cause = new Error('the response of the server');
  cause.stack = redact(failed.detail);
  return cause;
}

/** By the first words of Spark's error class. */
const CLASSES: readonly (readonly [RegExp, DatabaseErrorKind])[] = [
  [/^(PARSE_|UNCLOSED_|INVALID_IDENTIFIER|INVALID_SQL_SYNTAX)/, 'parser'],
  [/^(DELTA_VIOLATE_CONSTRAINT|DELTA_NOT_NULL|NOT_NULL_|CHECK_CONSTRAINT)/, 'constraint'],
  [/^(DELTA_CONCURRENT_|DELTA_METADATA_CHANGED|DELTA_PROTOCOL_CHANGED)/, 'transaction'],
  [/^(INSUFFICIENT_P|PERMISSION_DENIED|UNAUTHORIZED)/, 'permission'],
  [
    /^(NUMERIC_VALUE_OUT_OF_RANGE|ARITHMETIC_OVERFLOW|CAST_OVERFLOW|BINARY_ARITHMETIC_OVERFLOW|DIVIDE_BY_ZERO|DATETIME_OVERFLOW)/,
    'out-of-range',
  ],
  [/^(CAST_INVALID|CANNOT_PARSE|CONVERSION_|INVALID_TIMESTAMP|FAILED_TO_PARSE)/, 'conversion'],
  [
    /^(TABLE_OR_VIEW_|SCHEMA_|DELTA_TABLE_NOT_FOUND|UNRESOLVED_ROUTINE|CATALOG_|NO_SUCH_CATALOG|ROUTINE_|DELTA_SCHEMA_NOT)/,
    'catalog',
  ],
  [
    /^(UNRESOLVED_|AMBIGUOUS_|DATATYPE_MISMATCH|MISSING_|GROUP_BY|COLUMN_|NUM_COLUMNS|INSERT_COLUMN)/,
    'binder',
  ],
  [/^(UNBOUND_SQL_PARAMETER|INVALID_|WRONG_NUM_ARGS)/, 'invalid-input'],
];

const STATES: readonly (readonly [RegExp, DatabaseErrorKind])[] = [
  [/^42601/, 'parser'],
  [/^42501/, 'permission'],
  [/^(42P01|42704|3F000|42883)/, 'catalog'],
  [/^22003/, 'out-of-range'],
  [/^220(07|18)/, 'conversion'],
  [/^23/, 'constraint'],
  [/^(40|2D521)/, 'transaction'],
  [/^42/, 'binder'],
];

const OUT_OF_MEMORY =
  /OutOfMemoryError|out of memory|SparkOutOfMemory|GC overhead|EXECUTOR_LOST|Executor.{0,40}memory/i;

function ofServer(
  text: string,
  givenState: string | undefined,
  cause: Error | undefined,
  context: ErrorContext,
): DatabaseError {
  const { message, state, position } = readable(text);
  const sqlState = givenState ?? state;
  const errorClass = /^\[([A-Z0-9_]+)/.exec(message)?.[1] ?? '';
  const kind = OUT_OF_MEMORY.test(message)
    ? 'out-of-memory'
    : (CLASSES.find(([pattern]) => pattern.test(errorClass))?.[1] ??
      STATES.find(([pattern]) => pattern.test(sqlState ?? ''))?.[1] ??
      'other');
  const hint = HINTS[kind];
  return new DatabaseError(message, {
    kind,
    cause,
    suggestions: suggestionsIn(message),
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined
      ? {}
      : {
          line: position.line + (context.line ?? 1) - 1,
          column: position.column + (position.line === 1 ? (context.column ?? 1) - 1 : 0),
        }),
  });
}

const HINTS: Partial<Record<DatabaseErrorKind, string>> = {
  'out-of-memory': 'Use a larger warehouse, or lower threads in the profile.',
  permission: 'docs/databricks.md lists the required privileges.',
};

interface Readable {
  readonly message: string;
  readonly state: string | undefined;
  readonly position: { readonly line: number; readonly column: number } | undefined;
}

/**
 * From the server's text, which has Java's classes before, a plan or the SQL behind, and the
 * same message once more in the middle.
 */
export function readable(text: string): Readable {
  const lines = (text.split(/\n\s*at [\w.$/]+\(/)[0] ?? text).trim();
  const found = /(\[[A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*\][\s\S]*)/.exec(lines)?.[1] ?? lines;
  // "Error running query: [X] some.java.Exception: [X] message"
  const once = found.replace(/^\[([A-Z0-9_.]+)\] [\w.$]+(?:Exception|Error):\s+(?=\[\1\])/, '');
  const plain = once.replace(/^(?:[\w.$]+(?:Exception|Error): |Error running query: )+/, '');
  const state = /SQLSTATE: (\w{5})/.exec(plain)?.[1];
  const at =
    /line (\d+),? pos(?:ition)? (\d+)/.exec(plain) ??
    /\(line (\d+), pos(?:ition)? (\d+)\)/.exec(plain);
  const counted = /position \d/.test(at?.[0] ?? '') ? 0 : 1;
  const message = (plain.split(/\n\s*== SQL|;?\s*line \d+ pos \d+;?\n|\n\n/)[0] ?? plain)
    .replace(/;?\s*line \d+ pos \d+;?\s*$/, '')
    .replace(/\s*\(line \d+, pos(?:ition)? \d+\)/, '')
    .replace(/\s*SQLSTATE: \w{5}/, '')
    .replace(/\nCaused by:[\s\S]*$/, '')
    .trim();
  return {
    message,
    state,
    position: at === null ? undefined : { line: Number(at[1]), column: Number(at[2]) + counted },
  };
}

/** "Did you mean one of the following? [`a`, `b`.`c`]" */
function suggestionsIn(message: string): string[] {
  const list = /Did you mean one of the following\? \[([^\]]*)\]/.exec(message)?.[1] ?? '';
  return list
    .split(', ')
    .filter((name) => name !== '')
    .map((name) => (name.split('.').at(-1) ?? name).replaceAll('`', ''));
}

export { interrupted };
