import type { TypedColumn } from './column-type.js';

/** What is wrong with one column of a header. */
export interface HeaderProblem {
  readonly column: string;
  readonly problem: string;
}

/** Which declared column each field of a record belongs to. */
export interface Header {
  /** The header's names, in the order of the file. */
  readonly names: readonly string[];
  /** For each field the index of its declared column; undefined for an unknown column. */
  readonly columns: readonly (number | undefined)[];
  readonly problems: readonly HeaderProblem[];
}

/** Matches a header against the declared columns: any order, names exact, each once. */
export function matchHeader(names: readonly string[], declared: readonly TypedColumn[]): Header {
  const problems: HeaderProblem[] = [];
  const seen = new Set<string>();
  const columns = names.map((name) => {
    const index = declared.findIndex((column) => column.name === name);
    if (seen.has(name)) problems.push({ column: name, problem: 'is in the header twice' });
    else if (index === -1) problems.push({ column: name, problem: unknownColumn(name, declared) });
    seen.add(name);
    return index === -1 ? undefined : index;
  });
  for (const column of declared) {
    if (!seen.has(column.name)) problems.push({ column: column.name, problem: MISSING_COLUMN });
  }
  return { names, columns, problems };
}

export const MISSING_COLUMN = 'is missing';

/** Says that a column is not declared, and which one may have been meant. */
export function unknownColumn(name: string, declared: readonly TypedColumn[]): string {
  const plain = (text: string): string => text.trim().toLowerCase();
  const meant = declared.find((column) => plain(column.name) === plain(name));
  return meant === undefined
    ? 'is not a column of the table'
    : `is not a column of the table (names are exact: ${meant.name})`;
}

export const NO_HEADER = 'the file has no header';

/** `the record has 8 fields, the header has 9`. */
export function fieldCountProblem(fields: number, names: number): string {
  return `the record has ${fields} field${fields === 1 ? '' : 's'}, the header has ${names}`;
}
