/** Finds the place in the project's files for an error in compiled SQL. */
import { formatPlace, TechstoreError, type Place } from '../errors.js';
import type { SqlWithOrigins } from './sql-origin.js';
import { DatabaseError } from '../engine/database-error.js';
import type { Origin } from '../jinja/index.js';

/** Whose SQL it is. */
interface SqlOwner {
  readonly originalFilePath: string;
  readonly place: Place;
  /** Set for a generic test, whose template is not in a file. */
  readonly testMetadata?: object | null;
}

export interface PlacedSql {
  readonly sql: string;
  readonly origin: SqlWithOrigins;
  /** The file with the compiled SQL, as messages show it; undefined if there is none. */
  readonly file?: string;
  /** Lines of that file above this SQL. Default 0. */
  readonly linesAbove?: number;
}

/**
 * The same error with its place in the source file, the lines around it, the macro that wrote the
 * SQL if there is one, and the file with the compiled SQL.
 *
 * @param linesBefore number of lines before the compiled SQL in the statement
 */
export function withPlace(
  error: unknown,
  owner: SqlOwner,
  compiled: PlacedSql,
  linesBefore: number,
): unknown {
  if (!(error instanceof DatabaseError) || error.place !== undefined) return error;
  // No SQL is at fault.
  if (error.kind === 'disk-full') return error;
  const lines = compiled.sql.split('\n');
  const sent = error.sqlLine === undefined ? 0 : error.sqlLine - linesBefore;
  const line = sent >= 1 && sent <= lines.length ? sent : undefined;
  const column = error.sqlColumn;
  const origin = line === undefined ? undefined : compiled.origin.originAt(line, column);
  const isGeneric = (owner.testMetadata ?? null) !== null;
  const parts = [
    ...(origin === undefined || isGeneric ? [] : [origin.excerpt]),
    ...macrosOf(origin, isGeneric),
    ...compiledFile(compiled, line),
    // Where the file has the very text, the compiled line would say it again.
    ...(line === undefined || (origin?.copied === true && !isGeneric)
      ? []
      : [excerpt(lines, line, column)]),
  ];
  return new TechstoreError('database', error.message, {
    place: origin === undefined || isGeneric ? placeOfOwner(owner) : origin.place,
    exitCode: 1,
    cause: error,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(parts.length === 0 ? {} : { excerpt: parts.join('\n') }),
  });
}

function placeOfOwner({ originalFilePath, place }: SqlOwner): Place {
  return place.line === undefined ? { file: originalFilePath } : place;
}

/** Of the program's own macros only the one that was called counts, and a generic test calls none. */
function macrosOf(origin: Origin | undefined, isGeneric: boolean): string[] {
  return (origin?.macros ?? []).flatMap(({ name, place }, i) => {
    const isOurs = place?.file.startsWith(ownMacros) === true;
    if (isOurs) return i === 0 && !isGeneric ? [`written by the macro ${name}`] : [];
    return [`written by the macro ${name}${place === undefined ? '' : ` (${formatPlace(place)})`}`];
  });
}

const ownMacros = 'dbt/macros/';

function compiledFile({ file, linesAbove = 0 }: PlacedSql, line: number | undefined): string[] {
  if (file === undefined) return [];
  return [
    `compiled: ${formatPlace({ file, ...(line === undefined ? {} : { line: line + linesAbove }) })}`,
  ];
}

function excerpt(lines: readonly string[], line: number, column: number | undefined): string {
  const width = String(line + 1).length;
  const laidOut: string[] = [];
  for (let n = Math.max(1, line - 1); n <= Math.min(lines.length, line + 1); n += 1) {
    laidOut.push(`${String(n).padStart(width)} | ${lines[n - 1] ?? ''}`.trimEnd());
    if (n === line && column !== undefined) {
      const gap = (lines[n - 1] ?? '').slice(0, column - 1).replace(/[^\t]/g, ' ');
      laidOut.push(`${' '.repeat(width)} | ${gap}^`);
    }
  }
  return laidOut.join('\n');
}
