import { open } from 'node:fs/promises';
import { BOM } from './byte.js';
import { fileProblem } from './failure.js';
import { FaultList, SourceFaultsError } from './fault.js';
import { fieldCountProblem, NO_HEADER } from './header.js';
import { readFull } from './read-full.js';
import { type CsvRecord, RecordParser } from './record-parser.js';

/**
 * The names in the header of a CSV file, in its order.
 * @param file name of the file in faults
 * @throws SourceFaultsError when there is no header, or it names a column twice
 */
export async function readHeader(path: string, file: string): Promise<string[]> {
  const faults = new FaultList();
  let header: readonly string[] = [];
  try {
    const record = await firstRecord(path);
    if (record === undefined) faults.add({ file, line: 1, problem: NO_HEADER });
    else header = namesOf(record, file, faults);
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === undefined) throw error;
    faults.add({ file, problem });
  }
  if (faults.count > 0) throw new SourceFaultsError(faults);
  return [...header];
}

/**
 * Reads a short CSV text, such as the rows of a unit test, by the same rules of
 * writing as a file: each row as an object, an empty value as null, everything
 * else as text.
 * @param file name of the text in faults
 * @throws SourceFaultsError when it is not CSV
 */
export function parseSmallCsv(text: string, file = 'rows'): Record<string, string | null>[] {
  const faults = new FaultList();
  const rows: Record<string, string | null>[] = [];
  let header: readonly string[] | undefined;
  const parser = new RecordParser((record) => {
    if (header === undefined) {
      header = namesOf(record, file, faults);
      return;
    }
    const names = header;
    const { line, fields, problems } = record;
    for (const { field, problem } of problems) {
      const column = names[field];
      faults.add({
        file,
        line,
        ...(column === undefined ? {} : { column }),
        value: fields[field] ?? '',
        problem,
      });
    }
    if (problems.length === 0 && fields.length !== names.length) {
      faults.add({ file, line, problem: fieldCountProblem(fields.length, names.length) });
    }
    const entries = names.map((name, index) => [name, fields[index] || null] as const);
    rows.push(Object.fromEntries(entries));
  });
  parser.push(Buffer.from(text.replace(/^\ufeff/, '')));
  parser.finish();
  if (header === undefined) faults.add({ file, line: 1, problem: NO_HEADER });
  if (faults.count > 0) throw new SourceFaultsError(faults);
  return rows;
}

function namesOf(record: CsvRecord, file: string, faults: FaultList): readonly string[] {
  const { line, fields, problems } = record;
  for (const { field, problem } of problems) {
    faults.add({ file, line, value: fields[field] ?? '', problem });
  }
  const seen = new Set<string>();
  for (const column of fields) {
    if (seen.has(column)) faults.add({ file, line, column, problem: 'is in the header twice' });
    seen.add(column);
  }
  return fields;
}

async function firstRecord(path: string): Promise<CsvRecord | undefined> {
  const file = await open(path);
  try {
    const records: CsvRecord[] = [];
    const parser = new RecordParser((record) => records.push(record));
    const chunk = Buffer.alloc(64 * 1024);
    for (let first = true; records.length === 0; first = false) {
      const filled = await readFull(file, chunk);
      const marked = first && BOM.every((byte, index) => index < filled && chunk[index] === byte);
      parser.push(chunk.subarray(marked ? BOM.length : 0, filled));
      if (filled < chunk.length) break;
    }
    if (records.length === 0) parser.finish();
    return records[0];
  } finally {
    await file.close();
  }
}
