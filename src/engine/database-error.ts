import { TechstoreError, type TechstoreErrorOptions } from '../errors.js';

/** Stable names of what a database can object to; `other` for the rest. */
export type DatabaseErrorKind =
  | 'parser'
  | 'binder'
  | 'catalog'
  | 'conversion'
  | 'constraint'
  | 'invalid-input'
  | 'out-of-range'
  | 'out-of-memory'
  | 'io'
  | 'disk-full'
  | 'permission'
  | 'not-a-database'
  | 'newer-storage'
  | 'corrupt'
  | 'missing-extension'
  | 'transaction'
  | 'dependency'
  | 'other';

export interface DatabaseErrorOptions extends TechstoreErrorOptions {
  readonly kind: DatabaseErrorKind;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly suggestions?: readonly string[];
}

/** A statement or a connection failed in the database. Code `database`. */
export class DatabaseError extends TechstoreError {
  readonly kind: DatabaseErrorKind;
  /** Line of the SQL that was sent, from 1, where the database says it. */
  readonly sqlLine: number | undefined;
  readonly sqlColumn: number | undefined;
  /** Names the database proposes instead of an unknown one. */
  readonly suggestions: readonly string[];

  constructor(message: string, options: DatabaseErrorOptions) {
    super('database', message, options);
    this.name = 'DatabaseError';
    this.kind = options.kind;
    this.sqlLine = options.line;
    this.sqlColumn = options.column;
    this.suggestions = options.suggestions ?? [];
  }
}

/** Another process holds the file. Code `lock`. */
export class DatabaseLockedError extends TechstoreError {
  readonly path: string;
  /** Process id of the holder, where the database names it. */
  readonly pid: number | null;
  /** Path of the program that holds it. */
  readonly program: string | null;

  constructor(
    message: string,
    options: TechstoreErrorOptions & { path: string; pid: number | null; program: string | null },
  ) {
    super('lock', message, options);
    this.name = 'DatabaseLockedError';
    this.path = options.path;
    this.pid = options.pid;
    this.program = options.program;
  }
}
