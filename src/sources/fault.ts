import { TechstoreError } from '../errors.js';

/** One thing that is wrong in a source file. */
export interface SourceFault {
  /** The file's name inside its folder: `customers.csv`. */
  readonly file: string;
  /** CSV: the physical line on which the record begins, from 1. */
  readonly line?: number;
  /** Parquet: the row, from 1. */
  readonly row?: number;
  readonly column?: string;
  /** The value as it is in the file, whole and unescaped. */
  readonly value?: string;
  /** What is wrong, as the end of a sentence that begins with the value: `is not a DATE (YYYY-MM-DD)`. */
  readonly problem: string;
}

/** How many faults are kept and shown unless the caller says otherwise. */
export const FAULTS_SHOWN = 10;

const CHARACTERS_SHOWN = 60;

/** Collects faults in the order in which they are found: keeps the first, counts all. */
export class FaultList {
  readonly limit: number;
  readonly first: SourceFault[] = [];
  count = 0;

  constructor(limit: number = FAULTS_SHOWN) {
    this.limit = limit;
  }

  add(fault: SourceFault): void {
    this.count += 1;
    if (this.first.length < this.limit) this.first.push(fault);
  }

  /** Counts faults of which the first ones are given. */
  addCounted(first: readonly SourceFault[], count: number): void {
    this.count += count;
    this.first.push(...first.slice(0, this.limit - this.first.length));
  }
}

/**
 * The error that ends a build whose source files are not as the grammar says.
 * Its message lists the first faults, one a line, and how many more there are.
 */
export class SourceFaultsError extends TechstoreError {
  /** The first faults, in the order of the tables and of the lines in a file. */
  readonly faults: readonly SourceFault[];
  /** How many faults all files have together. */
  readonly count: number;

  /** @param page the page that tells how such files are read */
  constructor(list: FaultList, page = 'docs/sources.md') {
    const more = list.count - list.first.length;
    super(
      'source',
      [
        ...list.first.map(formatFault),
        ...(more > 0 ? [`… and ${more} more error${more === 1 ? '' : 's'}`] : []),
      ].join('\n'),
      {
        hint: `Nothing was loaded. Correct the files and run again. ${page} describes the format of values.`,
      },
    );
    this.name = 'SourceFaultsError';
    this.faults = list.first;
    this.count = list.count;
  }
}

/** `customers.csv:4711: column birth_date: "1990-13-01" is not a DATE (YYYY-MM-DD)`. */
export function formatFault(fault: SourceFault): string {
  const place =
    fault.line !== undefined
      ? `:${fault.line}`
      : fault.row !== undefined
        ? `: row ${fault.row}`
        : '';
  const column = fault.column === undefined ? '' : `: column ${showText(fault.column)}`;
  const value = fault.value === undefined ? '' : `"${showText(fault.value)}" `;
  return `${showText(fault.file)}${place}${column}: ${value}${fault.problem}`;
}

/**
 * A text from a file, fit for a terminal: control characters (and those that
 * turn the direction of text or hide) are escaped, a long text is shortened.
 */
export function showText(text: string): string {
  // Cut before counting: a value may be many megabytes long.
  const characters = Array.from(text.slice(0, CHARACTERS_SHOWN * 2 + 2));
  const long = characters.length > CHARACTERS_SHOWN;
  const shown = characters.slice(0, CHARACTERS_SHOWN).map(escapeCharacter).join('');
  return long ? `${shown}…` : shown;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escapeCharacter(character: string): string {
  const short = escapes.get(character);
  if (short !== undefined) return short;
  if (!/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0').toUpperCase()}`
    : `\\u{${code.toString(16).toUpperCase()}}`;
}
