/** Methods that look at what an earlier run left behind. */
import { TechstoreError } from '../errors.js';
import type { Method } from './method-context.js';
import { didYouMean } from '../ground/did-you-mean.js';

type Json = Readonly<Record<string, unknown>>;

export const resultStatuses = [
  'success',
  'error',
  'fail',
  'warn',
  'pass',
  'skipped',
  'no-op',
  'partial success',
  'runtime error',
];

function resultsOf(artifact: unknown): Json[] {
  const results =
    typeof artifact === 'object' && artifact !== null ? (artifact as Json)['results'] : undefined;
  return Array.isArray(results) ? (results as Json[]) : [];
}

export const result: Method = (value, _args, { results }) => {
  if (results === undefined) {
    throw new TechstoreError('selection', 'result: needs the results of an earlier run', {
      hint: 'Pass --state with the folder that holds its run_results.json.',
    });
  }
  if (!resultStatuses.includes(value)) {
    const near = didYouMean(value, resultStatuses);
    throw new TechstoreError('selection', `'${value}' is not a node result`, {
      hint: `${near === undefined ? '' : `${near} `}Results: ${resultStatuses.join(', ')}.`,
    });
  }
  const ids = new Set(
    resultsOf(results)
      .filter((one) => one['status'] === value)
      .map((one) => one['unique_id']),
  );
  return (node) => ids.has(node.uniqueId);
};

/** When each source was last loaded; those that could not be asked are left out. */
function loadedAt(artifact: unknown): Map<unknown, Loaded> {
  return new Map(
    resultsOf(artifact)
      .filter((one) => typeof one['max_loaded_at'] === 'string')
      .map((one) => [one['unique_id'], loadedIn(one['max_loaded_at'] as string)]),
  );
}

/** Milliseconds, and the microseconds beyond them, which a number of JavaScript's dates has no room for. */
type Loaded = readonly [milliseconds: number, micros: number];

function loadedIn(text: string): Loaded {
  const micros = /\.\d{3}(\d{1,3})/.exec(text)?.[1] ?? '0';
  return [Date.parse(text), Number(micros.padEnd(3, '0'))];
}

export const sourceStatus: Method = (value, _args, { sourceStatus: status }) => {
  if (value !== 'fresher') {
    throw new TechstoreError('selection', `'${value}' is not a source status`, {
      hint: 'The only source status is fresher: source_status:fresher.',
    });
  }
  if (status?.previous === undefined) {
    throw new TechstoreError('selection', 'source_status: needs an earlier sources.json', {
      hint: 'Run techstore source freshness, keep its sources.json, and pass the folder with --state.',
    });
  }
  if (status.current === undefined) {
    throw new TechstoreError('selection', 'source_status: needs a sources.json of now', {
      hint: 'Run techstore source freshness first.',
    });
  }
  const before = loadedAt(status.previous);
  const now = loadedAt(status.current);
  return (node) => {
    const current = now.get(node.uniqueId);
    if (current === undefined) return false;
    const earlier = before.get(node.uniqueId);
    if (earlier === undefined) return true;
    return current[0] > earlier[0] || (current[0] === earlier[0] && current[1] > earlier[1]);
  };
};
