/** Faults and warnings of one file, gathered so that they are told all at once. */
import { formatPlace, TechstoreError, type ErrorCode, type Place } from '../errors.js';
import { excerptOf } from './excerpt.js';

export interface Issue {
  /** A sentence without its final dot. */
  readonly message: string;
  readonly place: Place;
  readonly hint?: string | undefined;
}

/** Something a user should know, though the project can run. */
export interface ProjectWarning extends Issue {
  /** It is a fault after all, where the file is one that must not have such a key. */
  readonly isFault?: true;
}

/** In the order of the file. */
export function byPlace(a: Issue, b: Issue): number {
  return (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0);
}

/**
 * Throws one error for all the faults. A single fault gives its own place and
 * excerpt; several give the place of the first and list each with its place.
 */
export function throwIssues(
  code: ErrorCode,
  file: string,
  text: string,
  found: readonly Issue[],
): void {
  const issues = found.toSorted(byPlace);
  const first = issues[0];
  if (first === undefined) return;
  const { line, column } = first.place;
  const excerpt = line === undefined ? {} : { excerpt: excerptOf(text, line, column) };
  if (issues.length === 1) {
    throw new TechstoreError(code, first.message, {
      place: first.place,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
      ...excerpt,
    });
  }
  const list = issues.map((issue) => {
    const hint = issue.hint === undefined ? '' : ` (${issue.hint})`;
    return `  ${formatPlace(issue.place)}: ${issue.message}${hint}`;
  });
  throw new TechstoreError(code, `${file} has ${issues.length} errors:\n${list.join('\n')}`, {
    place: first.place,
    ...excerpt,
  });
}
