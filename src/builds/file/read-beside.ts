import { isOneOf } from '../../fs-error.js';
import { NotAFileError, readRegularFile } from '../../regular-file.js';

/** The content of a JSON file that is kept beside a build; null if there is none. */
export function readBeside(path: string): unknown {
  try {
    return JSON.parse(readRegularFile(path).toString('utf8')) as unknown;
  } catch (error) {
    // A file that somebody else wrote there is as good as none.
    if (error instanceof SyntaxError || error instanceof NotAFileError) return null;
    if (isOneOf(error, ['ENOENT'])) return null;
    throw error;
  }
}
