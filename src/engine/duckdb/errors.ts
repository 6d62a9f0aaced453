/** DuckDB's errors are one text each; here they become errors that a program can tell apart. */
import { interrupted } from '../interrupted.js';
import { TechstoreError } from '../../errors.js';
import {
  DatabaseError,
  DatabaseLockedError,
  type DatabaseErrorKind,
  type DatabaseErrorOptions,
} from '../database-error.js';
import { locate } from './error-position.js';

const KINDS: Readonly<Record<string, DatabaseErrorKind>> = {
  Parser: 'parser',
  Syntax: 'parser',
  Binder: 'binder',
  Catalog: 'catalog',
  Conversion: 'conversion',
  'Mismatch Type': 'conversion',
  Constraint: 'constraint',
  'Invalid Input': 'invalid-input',
  'Invalid Type': 'invalid-input',
  'Out of Range': 'out-of-range',
  'Out of Memory': 'out-of-memory',
  IO: 'io',
  HTTP: 'io',
  Permission: 'permission',
  'Missing Extension': 'missing-extension',
  TransactionContext: 'transaction',
  Dependency: 'dependency',
  Serialization: 'corrupt',
};

/** Other kinds quote the words of users, which may be any. */
const ABOUT_FILES: ReadonlySet<DatabaseErrorKind> = new Set<DatabaseErrorKind>([
  'io',
  'permission',
  'transaction',
  'corrupt',
  'out-of-memory',
  'other',
]);

export interface ErrorContext {
  /** The text that DuckDB was given. */
  readonly sql?: string;
  /** Where that text begins in the SQL of the caller; line 0 when a line was put before it. Default 1, 1. */
  readonly line?: number;
  readonly column?: number;
  /** The file that was being opened. */
  readonly path?: string;
}

/** Whatever the driver threw, as one of the errors of this program; those pass unchanged. */
export function toDatabaseError(thrown: unknown, context: ErrorContext = {}): TechstoreError {
  if (thrown instanceof TechstoreError) return thrown;
  if (!(thrown instanceof Error))
    throw new TypeError('Not an error of the driver.', { cause: thrown });
  const text = condensed(thrown.message)
    .replace(/^Failed to extract statements: /, '')
    .replace(/^Failed to execute prepared statement: /, '');
  if (/^INTERRUPT Error/.test(text)) return interrupted(thrown);
  const [, prefix = '', body = text] = /^([A-Z][A-Za-z ]*?) Error: (.*)$/s.exec(text) ?? [];
  const kind = KINDS[prefix] ?? 'other';
  return (
    aboutFile(body, kind, thrown, context) ??
    new DatabaseError(...aboutStatement(body, prefix, kind, thrown, context))
  );
}

const TEXT_KEPT = 8192;

/**
 * DuckDB quotes lines of files, which may be of many megabytes or millions of empty ones:
 * nobody reads that, and the patterns below would take hours over it.
 */
function condensed(text: string): string {
  const lines = text.replace(/\n{3,}/g, '\n\n');
  return lines.length <= 2 * TEXT_KEPT
    ? lines
    : `${lines.slice(0, TEXT_KEPT)} … ${lines.slice(-TEXT_KEPT)}`;
}

function aboutStatement(
  body: string,
  prefix: string,
  kind: DatabaseErrorKind,
  cause: Error,
  context: ErrorContext,
): [string, DatabaseErrorOptions] {
  const { message, position } = locate(body, context.sql);
  const shift = position?.line === 1 ? (context.column ?? 1) - 1 : 0;
  const { text, hint } = withoutNoise(message, kind);
  return [
    prefix === '' ? text : `${prefix} Error: ${text}`,
    {
      kind,
      line: position && position.line + (context.line ?? 1) - 1,
      column: position?.column === undefined ? undefined : position.column + shift,
      suggestions: suggestionsIn(message),
      cause,
      ...(hint === undefined ? {} : { hint }),
    },
  ];
}

/** Opening and writing files: the same faults read the same whatever statement met them. */
function aboutFile(
  body: string,
  kind: DatabaseErrorKind,
  cause: Error,
  context: ErrorContext,
): TechstoreError | undefined {
  if (!ABOUT_FILES.has(kind)) return undefined;
  const path = context.path ?? /"([^"]+)"/.exec(body)?.[1] ?? 'the database file';
  if (/Could not set lock on file/.test(body)) return locked(body, path, cause);
  const fault = (faultKind: DatabaseErrorKind, message: string, hint: string) =>
    new DatabaseError(message, { kind: faultKind, hint, cause });
  if (/No space left on device|File too large|Disk quota exceeded/.test(body)) {
    return fault(
      'disk-full',
      `The disk is full: ${firstLine(body)}`,
      'Free some space, or remove old builds with `techstore builds prune`. Then run the command again.',
    );
  }
  if (/not a valid DuckDB database file/.test(body)) {
    return fault(
      'not-a-database',
      `${path} is not a DuckDB database file.`,
      "Set the profile's `path` to another file, or move this one away.",
    );
  }
  if (/read a database file with version number|newer version of DuckDB/i.test(body)) {
    return fault(
      'newer-storage',
      `${path} was written by a newer DuckDB than the one in this program. ${firstLine(body)}`,
      'Update techstore, or build into another file.',
    );
  }
  if (/Corrupt database file|computed checksum|Could not read enough bytes/.test(body)) {
    return fault(
      'corrupt',
      `${path} is damaged: ${firstLine(body)}`,
      'Publish an earlier build with `techstore builds rollback`, or run `techstore build` again.',
    );
  }
  if (/Permission denied|Read-only file system|Operation not permitted/.test(body)) {
    return fault(
      'permission',
      `Permission to write is missing: ${firstLine(body)}`,
      'Check the permissions of the file and of its folder.',
    );
  }
  if (context.path !== undefined && /in read-only mode: database does not exist/.test(body)) {
    return fault('io', `There is no database file ${path}.`, 'Run `techstore build` first.');
  }
  if (context.path !== undefined && kind === 'io') {
    return fault('io', `Cannot open ${path}: ${firstLine(body)}`, 'Check the path in the profile.');
  }
  return undefined;
}

function locked(body: string, path: string, cause: Error): DatabaseLockedError {
  // "Conflicting lock is held in /usr/bin/node (deleted) (PID 12) by user x"
  const held = /Conflicting lock is held in (.*?) \(PID (\d+)\)/.exec(body);
  const pid = held?.[2] === undefined ? null : Number(held[2]);
  const program = held?.[1] ?? null;
  const who = pid === null ? 'another program' : `${program ?? 'a program'} (process ${pid})`;
  return new DatabaseLockedError(`${path} is in use by ${who}.`, {
    path,
    pid,
    program,
    cause,
    hint: 'Close that program, or wait until it ends.',
  });
}

function withoutNoise(
  message: string,
  kind: DatabaseErrorKind,
): { text: string; hint: string | undefined } {
  if (kind === 'out-of-memory') {
    return {
      text: firstLine(message),
      hint: 'Raise `memory_limit` in the profile, lower `threads`, or set `temp_directory` to a disk with space.',
    };
  }
  if (kind === 'missing-extension') {
    return {
      text: firstLine(message),
      hint: 'Extensions are not downloaded automatically. Install and load the extension in an on-run-start hook.',
    };
  }
  // Advice to change settings back to older behaviour helps nobody here.
  const text = message
    .split(/\n\n+(?=Use "SET |Possible solutions|See also |For more info)/)[0]
    ?.replace(/\n+\s*Candidate functions:/, '\nCandidate functions:')
    .replace(/\n{2,}/g, '\n')
    .trim();
  return { text: text ?? message, hint: undefined };
}

function suggestionsIn(message: string): string[] {
  const found = /(?:Did you mean|Candidate bindings:|Candidate Entries:)\s*(.*)/.exec(message)?.[1];
  return found === undefined ? [] : [...found.matchAll(/"([^"]+)"/g)].map((m) => m[1] ?? '');
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).trim();
}
