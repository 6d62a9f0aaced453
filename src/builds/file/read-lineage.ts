import { isOneOf } from '../../fs-error.js';
import { NotAFileError, readRegularFile } from '../../regular-file.js';
import { lineageOf, type Layout } from './layout.js';

/** The recorded lineage of a build; null if it has none. */
export function readLineage(layout: Layout, id: string): unknown {
  try {
    return JSON.parse(readRegularFile(lineageOf(layout, id)).toString('utf8')) as unknown;
  } catch (error) {
    // A file that somebody else wrote there is as good as none.
    if (error instanceof SyntaxError || error instanceof NotAFileError) return null;
    if (isOneOf(error, ['ENOENT'])) return null;
    throw error;
  }
}
