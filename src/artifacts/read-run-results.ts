/** run_results.json of the last command, for `retry`. */
import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { StaleSources } from '../manifest/results.js';
import { readRegularFile, whyUnreadable } from '../regular-file.js';
import { isObject, recordedRunOf } from './recorded-run.js';
import { ownArguments, staleArgument } from './run-results-json.js';

/** What the last command did, as far as another one can go on from there. */
export interface RunToRetry {
  /** The command in dbt's words. */
  readonly command: string;
  /** Its arguments by the program's own names. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly results: readonly { readonly uniqueId: string; readonly status: string }[];
  /** Sources that a build found too old, which are no results of nodes; null where it found none. */
  readonly stale: StaleSources | null;
}

const name = 'run_results.json';
const runFirst = 'Run techstore build, run, test or seed first. These commands write it.';

/**
 * Reads `run_results.json` of a target folder.
 *
 * @throws TechstoreError 'usage' when it is missing, broken or another program's
 */
export async function readRunResults(dir: string): Promise<RunToRetry> {
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

function parse(text: string, path: string): RunToRetry {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TechstoreError('usage', `${path} is not valid JSON`, { hint: runFirst, cause });
  }
  const run = recordedRunOf(json);
  const own = run?.args[ownArguments];
  if (run === null && !hasResults(json)) {
    throw new TechstoreError('usage', `${path} contains no run results`, { hint: runFirst });
  }
  if (run === null || !isObject(own)) {
    throw new TechstoreError('usage', `${path} was written by another program`, {
      hint: `techstore can retry its own runs only. ${runFirst}`,
    });
  }
  if (run.results.length < run.count) {
    throw new TechstoreError('usage', `${path} contains a result without unique_id or status`, {
      hint: runFirst,
    });
  }
  const { [staleArgument]: stale, ...args } = own;
  return {
    command: run.command,
    args,
    results: run.results.map(({ id, status }) => ({ uniqueId: id, status })),
    stale: staleOf(stale),
  };
}

function hasResults(json: unknown): boolean {
  return isObject(json) && Array.isArray(json['results']) && isObject(json['args']);
}

function staleOf(stale: unknown): RunToRetry['stale'] {
  if (!isObject(stale) || !Array.isArray(stale['sources'])) return null;
  const sources = stale['sources'].filter((id) => typeof id === 'string');
  return { sources, kept: stale['kept'] === true };
}
