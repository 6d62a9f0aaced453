import { open } from 'node:fs/promises';
import { fileProblem } from '../failure.js';
import { FaultList, SourceFaultsError } from '../fault.js';
import { fieldCountProblem, NO_HEADER } from '../header.js';
import { problems } from '../record-parser.js';
import { ColumnGuess, type GuessedType } from './column-guess.js';
import { DeclaredNumber } from './declared-number.js';
import { PythonCsv, type PythonRecord } from './python-csv.js';

/** A column of a seed. */
export interface SeedColumn {
  readonly name: string;
  /** The type of `column_types`, as it is written there. */
  readonly declared: string | undefined;
  /** The type that the values have; undefined where one is declared. */
  readonly guessed: GuessedType | undefined;
}

/** What a seed's file holds, apart from its values. */
export interface SeedContent {
  readonly columns: readonly SeedColumn[];
  /** Records with fields, the header aside. */
  readonly records: number;
  readonly blankLines: number;
  /** Bytes at most from the end of one record to the end of the next. */
  readonly longestRecord: number;
  /** The first records with fewer fields than the header. */
  readonly ragged: FaultList;
  readonly warnings: readonly string[];
}

export interface SeedFile {
  readonly path: string;
  /** Name of the file in messages. */
  readonly file: string;
  readonly delimiter: string;
  /** Types by the exact name of the column. */
  readonly columnTypes: ReadonlyMap<string, string>;
  readonly checkInterrupt?: (() => void) | undefined;
}

/** Where users read how seeds are read. */
export const SEED_PAGE = 'docs/dbt.md';

const CHUNK_BYTES = 256 * 1024;

/**
 * Reads a seed's file once, as dbt does, and finds its columns and their types.
 * @throws SourceFaultsError when it has no header, is not UTF-8, or a record has more fields
 * than the header
 */
export async function readSeed(seed: SeedFile): Promise<SeedContent> {
  const faults = new FaultList();
  const reader = new SeedContentReader(seed, faults);
  const parser = new PythonCsv(seed.delimiter, (record) => {
    reader.record(record);
  });
  try {
    await eachText(seed, (text) => {
      parser.push(text);
      return parser.tooLongAt === undefined;
    });
    parser.finish();
  } catch (error) {
    const problem = error instanceof TypeError ? problems.utf8 : fileProblem(error);
    if (problem === undefined) throw error;
    faults.add({ file: seed.file, problem });
  }
  if (parser.tooLongAt !== undefined) {
    faults.add({ file: seed.file, line: parser.tooLongAt, problem: problems.tooLong });
  }
  const content = faults.count > 0 ? undefined : reader.finish();
  if (content === undefined || faults.count > 0) throw new SourceFaultsError(faults, SEED_PAGE);
  return content;
}

/** Calls for each part of the file's text until the answer is false. TypeError where it is not UTF-8. */
async function eachText(seed: SeedFile, take: (text: string) => boolean): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const file = await open(seed.path);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      seed.checkInterrupt?.();
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      const text = decoder.decode(chunk.subarray(0, bytesRead), { stream: bytesRead > 0 });
      if (!take(text) || bytesRead === 0) return;
    }
  } finally {
    await file.close();
  }
}

class SeedContentReader {
  readonly #seed: SeedFile;
  readonly #faults: FaultList;
  readonly #ragged = new FaultList();
  readonly #warnings: string[] = [];
  #names: readonly string[] | undefined;
  #guesses: (ColumnGuess | DeclaredNumber | undefined)[] = [];
  #records = 0;
  #blankLines = 0;
  #longest = 0;
  #blanks = 0;

  constructor(seed: SeedFile, faults: FaultList) {
    this.#seed = seed;
    this.#faults = faults;
  }

  record({ line, fields }: PythonRecord): void {
    if (this.#names === undefined) {
      this.#names = this.#header(fields);
      this.#guesses = this.#names.map((name) => {
        const type = this.#seed.columnTypes.get(name);
        return type === undefined ? new ColumnGuess() : DeclaredNumber.of(type);
      });
      return;
    }
    this.#measure(fields);
    if (fields.length === 0) {
      this.#blankLines += 1;
      return;
    }
    this.#records += 1;
    if (fields.length !== this.#names.length) {
      const list = fields.length > this.#names.length ? this.#faults : this.#ragged;
      const problem = fieldCountProblem(fields.length, this.#names.length);
      list.add({ file: this.#seed.file, line, problem });
    }
    for (const [index, value] of fields.entries()) this.#guesses[index]?.add(value);
  }

  finish(): SeedContent | undefined {
    const names = this.#names;
    if (names === undefined) {
      this.#faults.add({ file: this.#seed.file, line: 1, problem: NO_HEADER });
      return undefined;
    }
    const columns = names.map((name, index): SeedColumn => {
      const guess = this.#guesses[index];
      if (guess !== undefined) this.#tellRounded(name, guess);
      return {
        name,
        declared: this.#seed.columnTypes.get(name),
        guessed: guess instanceof ColumnGuess ? guess.type : undefined,
      };
    });
    for (const name of this.#seed.columnTypes.keys()) {
      if (names.includes(name)) continue;
      const meant = names.find((other) => other.toLowerCase() === name.toLowerCase());
      this.#warn(
        `column_types names the column ${name}, which the file does not have${meant === undefined ? '' : ` (names are exact: ${meant})`}`,
      );
    }
    return {
      columns,
      records: this.#records,
      blankLines: this.#blankLines,
      longestRecord: this.#longest,
      ragged: this.#ragged,
      warnings: this.#warnings,
    };
  }

  #tellRounded(name: string, guess: ColumnGuess | DeclaredNumber): void {
    const count = guess instanceof ColumnGuess ? guess.roundedToDouble : guess.rounded;
    if (count === 0) return;
    const values = count === 1 ? '1 value has' : `${count} values have`;
    const type = guess instanceof ColumnGuess ? 'a double' : guess.type;
    this.#warn(
      `column ${name}: ${values} more digits than ${type} holds and ${count === 1 ? 'is' : 'are'} rounded; set a wider type, or varchar, in column_types`,
    );
  }

  #warn(text: string): void {
    this.#warnings.push(`${this.#seed.file}: ${text}.`);
  }

  /** Names as dbt gives them: a letter for one that is missing, a number behind one that is there twice. */
  #header(fields: readonly string[]): readonly string[] {
    const { file } = this.#seed;
    if (fields.length === 0) {
      this.#faults.add({
        file,
        line: 1,
        problem: 'the first line is empty: it must be the header',
      });
    }
    const names = new Set<string>();
    const spellings = new Map<string, string>();
    for (const [index, field] of fields.entries()) {
      if (field.includes('\0'))
        this.#faults.add({ file, line: 1, value: field, problem: problems.nul });
      const plain = field === '' ? letterName(index) : field;
      let name = plain;
      for (let number = 2; names.has(name); number += 1) name = `${plain}_${number}`;
      names.add(name);
      if (name !== field) {
        const what =
          field === '' ? `column ${index + 1} has no name` : `two columns have the name ${field}`;
        this.#warn(`${what}; its name is now ${name}`);
      }
      const other = spellings.get(name.toLowerCase());
      if (other !== undefined) {
        const problem = `is in the header twice (${other}): names differ only in case`;
        this.#faults.add({ file, line: 1, column: name, problem });
      }
      spellings.set(name.toLowerCase(), name);
    }
    return [...names];
  }

  #measure(fields: readonly string[]): void {
    let length = 2;
    // A character is at most three bytes for each unit, and a quote in it is two.
    for (const field of fields) length += field.length * 3 + 3;
    if (fields.length === 0) this.#blanks += length;
    this.#longest = Math.max(this.#longest, this.#blanks + length);
    if (fields.length > 0) this.#blanks = 0;
  }
}

/** `a` for the first column, `aa` for the twenty-seventh, `bb` for the one behind it. */
function letterName(index: number): string {
  return String.fromCharCode(97 + (index % 26)).repeat(Math.floor(index / 26) + 1);
}
