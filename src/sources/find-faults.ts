import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { BOM, LF, NUL } from './byte.js';
import { ByteScanner } from './byte-scanner.js';
import { type ColumnType, TEXT, type TypedColumn } from './column-type.js';
import { type ExactCsvOptions, ExactReader } from './exact-csv.js';
import type { Header } from './header.js';
import { readFull } from './read-full.js';
import { RecordParser } from './record-parser.js';

/** Smaller than where nothing is wrong: bytes that are not UTF-8 make a whole chunk slow. */
const CHUNK_BYTES = 128 * 1024;

/**
 * Finds what the exact reader finds wrong with a file, in the time that the byte
 * scanner takes: the scanner goes over the records that are right for certain,
 * the exact reader judges only those that it refuses. Gives the number of records.
 */
export async function findFaults(
  options: Omit<ExactCsvOptions, 'onRow'>,
  chunkBytes = CHUNK_BYTES,
): Promise<number> {
  const reader = new ExactReader(options);
  const parser = new RecordParser((record) => {
    reader.record(record);
  });
  let scanner: ByteScanner | undefined;
  const file = await open(options.path);
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let first = true;
    while (!parser.stopped) {
      options.checkInterrupt?.();
      const filled = await readFull(file, chunk);
      let at = first && BOM.every((byte, i) => i < filled && chunk[i] === byte) ? BOM.length : 0;
      first = false;
      const end = filled === 0 ? 0 : chunk.lastIndexOf(LF, filled - 1) + 1;
      // The parser takes the first line and the last, which may begin or end with half a character.
      const start = chunk.indexOf(LF) + 1;
      const clean = start < end && isClean(chunk.subarray(start, end));
      while (at < filled && !parser.stopped) {
        if (
          !clean ||
          at < start ||
          at >= end ||
          !parser.betweenRecords ||
          reader.header === undefined
        ) {
          at = parser.pushRecord(chunk, at, filled);
          continue;
        }
        scanner ??= new ByteScanner(typesOf(reader.header, options.columns));
        const place = scanner.scan(chunk, at, end);
        const after = place < 0 ? -1 - place : place;
        parser.skipLines(countLines(chunk, at, after));
        at = after < filled ? parser.pushRecord(chunk, after, filled) : after;
      }
      if (filled < chunkBytes) break;
    }
  } finally {
    await file.close();
  }
  parser.finish();
  return reader.finish() + (scanner?.traits.rows ?? 0);
}

/** The type of each field. What a column that is not declared holds is not looked at: any text. */
function typesOf(header: Header, columns: readonly TypedColumn[]): ColumnType[] {
  return header.columns.map((index) =>
    index === undefined ? TEXT : (columns[index]?.type ?? TEXT),
  );
}

function isClean(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(NUL);
}

function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; at += 1) if (bytes[at] === LF) lines += 1;
  return lines;
}
