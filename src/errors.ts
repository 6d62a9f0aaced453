/**
 * The one error that users see. Everything that can go wrong for a reason a
 * user can act on is thrown as this class; anything else is a defect of the
 * program and is shown as such.
 */

/** Where in a user's file a fault lies. Lines and columns count from 1. */
export interface Place {
  /** Path as the user would type it: relative to the project where it lies inside it. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Exit codes of the program: 1 a node or a test failed, 2 could not run, 130 interrupted. */
export type ExitCode = 1 | 2 | 130;

export interface TechstoreErrorOptions {
  readonly place?: Place;
  /** What the user can do about it, as a sentence. */
  readonly hint?: string;
  /** Lines of the user's file around the place, already laid out for a terminal. */
  readonly excerpt?: string;
  /** Outer calls, innermost first, such as the macros that led to the place. */
  readonly stackOfCalls?: readonly string[];
  /** Default 2. */
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/**
 * Stable, searchable names of the kinds of error. A name says what is wrong,
 * not where it was noticed. `docs/errors.md` has a heading for each of them.
 */
export const errorCodes = [
  'usage',
  'project',
  'profile',
  'yaml',
  'compilation',
  'selection',
  'source',
  'database',
  'contract',
  'lock',
  'publish',
  'unsupported',
  'interrupted',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export class TechstoreError extends Error {
  readonly code: ErrorCode;
  readonly place: Place | undefined;
  readonly hint: string | undefined;
  readonly excerpt: string | undefined;
  readonly stackOfCalls: readonly string[];
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, message: string, options: TechstoreErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TechstoreError';
    this.code = code;
    this.place = options.place;
    this.hint = options.hint;
    this.excerpt = options.excerpt;
    this.stackOfCalls = options.stackOfCalls ?? [];
    this.exitCode = options.exitCode ?? 2;
  }
}

/** What Ctrl-C and a cancelled statement end with: exit code 130. */
export function interruptedError(message: string, cause?: unknown): TechstoreError {
  return new TechstoreError('interrupted', message, {
    exitCode: 130,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** `models/a.sql:3:7`, `models/a.sql:3` or `models/a.sql`. */
export function formatPlace(place: Place): string {
  if (place.line === undefined) return place.file;
  const column = place.column === undefined ? '' : `:${place.column}`;
  return `${place.file}:${place.line}${column}`;
}

/** Calls as lines; of many, as macros that call themselves give, the inner and the outer ones. */
export function formatCalls(calls: readonly string[]): string[] {
  const shown = calls.map((call) => `called from ${call}`);
  if (shown.length <= 12) return shown;
  return [...shown.slice(0, 6), `… ${shown.length - 10} more calls`, ...shown.slice(-4)];
}
