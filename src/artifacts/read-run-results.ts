/** run_results.json of the last command, for `retry`. */
import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import { readRegularFile, whyUnreadable } from '../regular-file.js';
import { ownArguments } from './run-results-json.js';

/** What the last command did, as far as another one can go on from there. */
export interface LastRun {
  /** The command in dbt's words. */
  readonly command: string;
  /** Its arguments by the program's own names. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly results: readonly { readonly uniqueId: string; readonly status: string }[];
}

const name = 'run_results.json';
const runFirst = 'Run techstore build, run, test or seed first. These commands write it.';

/**
 * Reads `run_results.json` of a target folder.
 *
 * @throws TechstoreError 'usage' when it is missing, broken or another program's
 */
export async function readRunResults(dir: string): Promise<LastRun> {
  const path = join(dir, name);
  let text: string;
  try {
    text = readRegularFile(path).toString('utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new TechstoreError('usage', 'No earlier run exists that could be retried', {
        hint: runFirst,
        cause,
      });
    }
    throw new TechstoreError('usage', `${path} cannot be read: ${whyUnreadable(cause)}`, {
      hint: runFirst,
      cause,
    });
  }
  return parse(text, path);
}

function parse(text: string, path: string): LastRun {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TechstoreError('usage', `${path} is not valid JSON`, { hint: runFirst, cause });
  }
  if (!isObject(json) || !Array.isArray(json['results']) || !isObject(json['args'])) {
    throw new TechstoreError('usage', `${path} contains no run results`, { hint: runFirst });
  }
  const { which: command, [ownArguments]: own } = json['args'];
  if (typeof command !== 'string' || !isObject(own)) {
    throw new TechstoreError('usage', `${path} was written by another program`, {
      hint: `techstore can retry its own runs only. ${runFirst}`,
    });
  }
  const results = json['results'].map((result: unknown) => {
    if (!isObject(result)) return null;
    const { unique_id: uniqueId, status } = result;
    return typeof uniqueId === 'string' && typeof status === 'string' ? { uniqueId, status } : null;
  });
  if (results.includes(null)) {
    throw new TechstoreError('usage', `${path} contains a result without unique_id or status`, {
      hint: runFirst,
    });
  }
  return { command, args: own, results: results.filter((result) => result !== null) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
