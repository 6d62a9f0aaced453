/** Finds the place in a model's own file that an error in its compiled SQL comes from. */
import { TechstoreError, type Place } from '../errors.js';
import { DatabaseError } from '../engine/database-error.js';

interface SqlFile {
  readonly originalFilePath: string;
  readonly rawCode: string;
  readonly rawCodeLine: number;
}

/**
 * The line of the file with the same text as the line of the compiled SQL, the
 * nearest where there are several. Null when no line has it: then it comes from
 * a macro, or a value was put into it.
 *
 * @param line line of the compiled SQL, from 1
 */
export function placeInFile(file: SqlFile, compiled: string, line: number): Place | null {
  const text = compiled.split('\n')[line - 1]?.trim();
  if (text === undefined || text === '') return null;
  const raw = file.rawCode.split('\n');
  let best: number | null = null;
  for (const [index, candidate] of raw.entries()) {
    if (candidate.trim() !== text) continue;
    if (best === null || Math.abs(index + 1 - line) < Math.abs(best - line)) best = index + 1;
  }
  if (best === null) return null;
  return { file: file.originalFilePath, line: best + file.rawCodeLine - 1 };
}

/**
 * The same error with the place in the model's file and an excerpt of the
 * compiled SQL.
 *
 * @param linesBefore lines that were put before the compiled SQL in the statement that was sent
 */
export function withPlace(
  error: unknown,
  file: SqlFile,
  compiled: string,
  linesBefore: number,
): unknown {
  if (!(error instanceof DatabaseError) || error.place !== undefined) return error;
  const line = error.sqlLine === undefined ? null : error.sqlLine - linesBefore;
  const lines = compiled.split('\n');
  const inside = line !== null && line >= 1 && line <= lines.length ? line : null;
  const place =
    inside === null
      ? { file: file.originalFilePath }
      : (placeInFile(file, compiled, inside) ?? { file: file.originalFilePath });
  return new TechstoreError('database', error.message, {
    place,
    exitCode: 1,
    cause: error,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(inside === null ? {} : { excerpt: excerpt(lines, inside, error.sqlColumn) }),
  });
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
