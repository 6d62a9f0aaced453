import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { BOM, CR, LF, NUL } from './byte.js';
import { ByteScanner, type CsvTraits } from './byte-scanner.js';
import type { TypedColumn } from './column-type.js';
import { matchHeader } from './header.js';
import { type CsvRecord, RecordParser } from './record-parser.js';

/** What is known of a file whose every byte was found right, or of its first part. */
export interface CsvScan {
  /** For each field of the file, in order, the index of its declared column. */
  readonly fields: readonly number[];
  readonly traits: CsvTraits;
}

/** Small enough for a processor's cache, large enough for few reads. */
const CHUNK_BYTES = 1024 * 1024;
const LARGEST_BUFFER = 64 * 1024 * 1024;
/** More empty lines in a row would need a buffer of DuckDB of four times as much. */
const LONGEST_BLANKS = 8 * 1024 * 1024;

export interface ScanOptions {
  /** Called before each part of the file is read; ends the scan by throwing. */
  readonly checkInterrupt?: (() => void) | undefined;
  /** Bytes of a part. */
  readonly chunkBytes?: number;
}

/**
 * Scans a whole file. Gives undefined when it is not right for certain: the exact
 * reader then tells. Small pauses between the chunks let other work go on.
 * @param onFirstPart called once, when the first part of the file was found right
 */
export async function scanCsv(
  path: string,
  columns: readonly TypedColumn[],
  onFirstPart: (scan: CsvScan) => void,
  { checkInterrupt, chunkBytes = CHUNK_BYTES }: ScanOptions = {},
): Promise<CsvScan | undefined> {
  const file = await open(path);
  try {
    // Two bytes more than are read, for the line end that a last record may lack.
    let buffer = Buffer.allocUnsafe(chunkBytes + 2);
    let filled = 0;
    let scanner: ByteScanner | undefined;
    let scan: CsvScan | undefined;
    let told = false;
    for (;;) {
      checkInterrupt?.();
      if (filled === buffer.length - 2) {
        // One record fills the buffer.
        if (buffer.length > LARGEST_BUFFER) return undefined;
        const larger = Buffer.allocUnsafe((buffer.length - 2) * 2 + 2);
        buffer.copy(larger, 0, 0, filled);
        buffer = larger;
      }
      const { bytesRead } = await file.read(buffer, filled, buffer.length - 2 - filled);
      filled += bytesRead;
      const ended = bytesRead === 0;
      if (scan === undefined || scanner === undefined) {
        if (!ended && !buffer.subarray(0, filled).includes(LF)) continue;
        const header = readHeader(buffer.subarray(0, filled), columns);
        if (header === undefined) return undefined;
        scanner = new ByteScanner(header.fields.map((field) => columns[field]!.type));
        scan = { fields: header.fields, traits: scanner.traits };
        if (header.carriageReturn) scan.traits.carriageReturns = true;
        else scan.traits.lineFeeds = true;
        buffer.copyWithin(0, header.end, filled);
        filled -= header.end;
      }
      if (ended) {
        if (filled === 0) return scan;
        if (buffer[filled - 1] === CR) return undefined;
        if (scan.traits.carriageReturns) buffer[filled++] = CR;
        buffer[filled++] = LF;
      }
      const end = filled === 0 ? 0 : buffer.lastIndexOf(LF, filled - 1) + 1;
      const lines = buffer.subarray(0, end);
      if (!isUtf8(lines) || lines.includes(NUL)) return undefined;
      const done = scanner.scan(buffer, 0, end);
      if (done < 0 || (ended && done !== filled) || isRare(scan)) return undefined;
      if (ended) return scan;
      buffer.copyWithin(0, done, filled);
      filled -= done;
      if (!told && scan.traits.rows > 0) {
        told = true;
        onFirstPart({
          fields: scan.fields,
          traits: { ...scan.traits, zoned: [...scan.traits.zoned] },
        });
      }
    }
  } finally {
    await file.close();
  }
}

/**
 * Right by the grammar, but not read so by DuckDB: both line ends, a blank line that it takes
 * for a NULL, or more blank lines than a buffer should hold.
 */
function isRare({ fields, traits }: CsvScan): boolean {
  return (
    (traits.lineFeeds && traits.carriageReturns) ||
    (traits.blankLines && fields.length === 1) ||
    traits.longestBlanks > LONGEST_BLANKS
  );
}

/** Reads a header that is right and ends with the first line of the file. */
function readHeader(
  bytes: Buffer,
  columns: readonly TypedColumn[],
): { fields: readonly number[]; end: number; carriageReturn: boolean } | undefined {
  const start = BOM.every((byte, index) => bytes[index] === byte) ? BOM.length : 0;
  const lineFeed = bytes.indexOf(LF);
  const end = lineFeed === -1 ? bytes.length : lineFeed + 1;
  const records: CsvRecord[] = [];
  const parser = new RecordParser((record) => records.push(record));
  parser.push(bytes.subarray(start, end));
  parser.finish();
  const [record] = records;
  if (record === undefined || record.problems.length > 0) return undefined;
  const header = matchHeader(record.fields, columns);
  const fields = header.columns.filter((column) => column !== undefined);
  if (header.problems.length > 0 || fields.length !== columns.length) return undefined;
  return { fields, end, carriageReturn: lineFeed > 0 && bytes[lineFeed - 1] === CR };
}
