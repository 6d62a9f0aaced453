import { resolve } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { SHORT_RECORD } from '../csv-query.js';
import {
  dropTable,
  quoteIdentifier,
  quoteLiteral,
  quotePath,
  type SourceDatabase,
} from '../database.js';
import { failureKind } from '../failure.js';
import { FaultList, type SourceFault, SourceFaultsError } from '../fault.js';
import { readSeed, SEED_PAGE, type SeedColumn, type SeedContent } from './read-seed.js';

/** A seed's file and the table that it becomes. */
export interface Seed {
  /** Path of the file. */
  readonly path: string;
  /** Name of the file in messages. */
  readonly file: string;
  /** Name of the seed in messages. */
  readonly name: string;
  /** The table as SQL names it, quoted. */
  readonly relation: string;
  /** `,` unless the seed says otherwise. */
  readonly delimiter: string;
  /** The types of `column_types`, in the words of the database; names are exact. */
  readonly columnTypes: ReadonlyMap<string, string>;
  /** What becomes of a declared type that DuckDB does not know: an error, or a column of text. */
  readonly unknownTypes: 'refuse' | 'text';
}

export interface LoadedSeed {
  readonly rows: number;
  /** With `declared` only where the database knows the type. */
  readonly columns: readonly SeedColumn[];
  /** Whole sentences that name the file. */
  readonly warnings: readonly string[];
}

/**
 * Loads a seed as dbt does on DuckDB: the types that are not declared are found in the values,
 * then DuckDB copies the file into the table, with the form of CSV that it finds by itself. The
 * table is created or replaced.
 * @throws SourceFaultsError when the file can't be read so; TechstoreError `source` when a
 * declared type is not known, or the delimiter is not one character. There is no table then.
 */
export async function loadSeed(db: SourceDatabase, seed: Seed): Promise<LoadedSeed> {
  try {
    return await load(db, seed);
  } catch (error) {
    await dropTable(db, seed.relation);
    throw error;
  }
}

async function load(db: SourceDatabase, seed: Seed): Promise<LoadedSeed> {
  checkDelimiter(seed);
  const content = await readSeed({ ...seed, checkInterrupt: () => db.checkInterrupt?.() });
  const columns = await createTable(db, seed, content.columns);
  try {
    const rows = await copy(db, seed, content, '');
    const { warnings } = content;
    if (isWhole(content, rows)) return { rows, columns, warnings };
    // The form that DuckDB found splits or joins records: it may be told the usual one.
    const again = async (form: string): Promise<number> => {
      await db.run(createStatement(seed.relation, columns));
      return copy(db, seed, content, form);
    };
    const told = await again(`, quote '"', escape '"', comment ''`).catch((error: unknown) => {
      if (ofTheFile.has(failureKind(error))) return -1;
      throw error;
    });
    if (isWhole(content, told)) return { rows: told, columns, warnings };
    // Then it is read as dbt reads it.
    await again('');
    return { rows, columns, warnings: [...warnings, lostRows(seed, content, rows)] };
  } catch (error) {
    throw fileError(error, seed, content);
  }
}

function checkDelimiter({ delimiter, name, file }: Seed): void {
  if (/^[^"\r\n\0]$/.test(delimiter)) return;
  throw new TechstoreError(
    'source',
    `The seed ${name} has the delimiter ${JSON.stringify(delimiter)}. A delimiter must be one character, and neither a quote nor a line break`,
    {
      place: { file },
      hint: 'Set delimiter in the seed\'s config: ";" or "|", and "\\t" in double quotes for a tab.',
    },
  );
}

/** Gives the rows of the table. */
async function copy(
  db: SourceDatabase,
  { relation, path, delimiter }: Seed,
  { longestRecord }: SeedContent,
  form: string,
): Promise<number> {
  const large =
    longestRecord > SHORT_RECORD
      ? `, max_line_size ${longestRecord * 2}, buffer_size ${Math.max(longestRecord * 4, 32_000_000)}`
      : '';
  await db.run(
    `copy ${relation} from ${quotePath(resolve(path))} (format csv, header true, delimiter ${quoteLiteral(delimiter)}${form}${large})`,
  );
  const [row] = await db.rows(`select count(*)::varchar from ${relation}`);
  return Number(row?.[0]);
}

/** Gives the columns as they were created. */
async function createTable(
  db: SourceDatabase,
  seed: Seed,
  columns: readonly SeedColumn[],
): Promise<readonly SeedColumn[]> {
  try {
    await db.run(createStatement(seed.relation, columns));
    return columns;
  } catch (error) {
    if (failureKind(error) === 'interrupted') throw error;
    const known: SeedColumn[] = [];
    for (const column of columns) known.push(await knownColumn(db, seed, column));
    // With types that are all known the fault is another one.
    if (known.every((column, index) => column === columns[index])) throw error;
    await db.run(createStatement(seed.relation, known));
    return known;
  }
}

function createStatement(relation: string, columns: readonly SeedColumn[]): string {
  const list = columns.map(
    ({ name, declared, guessed }) => `${quoteIdentifier(name)} ${declared ?? guessed ?? 'text'}`,
  );
  return `create or replace table ${relation} (${list.join(', ')})`;
}

const TYPE_CHECK = quoteIdentifier('techstore_type_check');

/** The column, as text where its type is not known and that is no error. */
async function knownColumn(
  db: SourceDatabase,
  seed: Seed,
  column: SeedColumn,
): Promise<SeedColumn> {
  const { name, declared } = column;
  if (declared === undefined) return column;
  try {
    await db.run(`create or replace temporary table ${TYPE_CHECK} (c ${declared})`);
    await db.run(`drop table if exists ${TYPE_CHECK}`);
    return column;
  } catch (error) {
    if (failureKind(error) === 'interrupted') throw error;
    if (seed.unknownTypes === 'text') return { ...column, declared: undefined, guessed: 'text' };
    throw new TechstoreError(
      'source',
      `The seed ${seed.name} gives its column ${name} the type ${declared}, which DuckDB does not have`,
      {
        place: { file: seed.file },
        hint: 'Correct column_types of the seed. Any type of DuckDB works, such as varchar(36) or numeric(10,2).',
        cause: error,
      },
    );
  }
}

/** Failures of the database that say something of the file. */
const ofTheFile: ReadonlySet<string> = new Set([
  'conversion',
  'invalid-input',
  'out-of-range',
  'constraint',
]);

/** DuckDB's error as one about the place in the file; any other error as it is. */
function fileError(error: unknown, seed: Seed, content: SeedContent): unknown {
  if (!(error instanceof Error) || !ofTheFile.has(failureKind(error))) return error;
  const faults = new FaultList();
  if (content.ragged.count > 0 && !/Could not convert/.test(error.message)) {
    faults.addCounted(content.ragged.first, content.ragged.count);
  } else faults.add(faultIn(error.message, seed.file));
  return new SourceFaultsError(faults, SEED_PAGE);
}

function faultIn(message: string, file: string): SourceFault {
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const place = { file, ...(line === undefined ? {} : { line: Number(line) }) };
  const converted =
    /Error when converting column "(.*?)"\. Could not convert string "(.*?)" to '(.*?)'/s.exec(
      message,
    );
  if (converted !== null) {
    const [, column = '', value = '', type = ''] = converted;
    const problem = `is not a value of the type ${type} (column_types can set another type)`;
    return { ...place, column, value, problem };
  }
  if (/sniffing file|detect the CSV/.test(message)) {
    const problem =
      'DuckDB cannot detect one CSV format for all lines: look for quotes that are not closed, blank lines with spaces, or mixed line endings';
    return { ...place, problem };
  }
  const first = message
    .split('\n')
    .find((text) => text !== '' && !/CSV Error on Line|Original Line/.test(text));
  return { ...place, problem: first ?? 'DuckDB cannot read it' };
}

/** Whether each record is a row. A blank line may be one in a table of one column. */
function isWhole({ columns, records, blankLines }: SeedContent, rows: number): boolean {
  return rows >= records && rows <= (columns.length === 1 ? records + blankLines : records);
}

/** dbt says nothing of this. */
function lostRows({ file }: Seed, { records }: SeedContent, rows: number): string {
  return `${file}: the file has ${records} record${records === 1 ? '' : 's'}, but the table has ${rows} row${rows === 1 ? '' : 's'}. DuckDB reads the quotes differently. Quote each value that contains a quote, and double that quote.`;
}
