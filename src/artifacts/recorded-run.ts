/** The results of a command, out of its run_results.json: this program's or dbt's own. */
import { carriedOverMessage } from './run-results-json.js';

export interface RecordedResult {
  readonly id: string;
  readonly status: string;
  readonly message: string | null;
  readonly thread: string;
  /** Null for a node that did not run. */
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  /** Seconds. */
  readonly seconds: number;
  readonly failures: number | null;
  readonly rows: number | null;
  readonly reused: boolean;
}

export interface RecordedRun {
  /** In dbt's words. */
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly invocationId: string | null;
  /** Null where the file does not say it. */
  readonly generatedAt: Date | null;
  /** Seconds. */
  readonly elapsed: number;
  /** Without what has no unique id or no status. */
  readonly results: readonly RecordedResult[];
  /** How many results there are with those that are left out. */
  readonly count: number;
}

/**
 * @param json contents of run_results.json
 * @returns null for what are no results
 */
export function recordedRunOf(json: unknown): RecordedRun | null {
  if (!isObject(json)) return null;
  const { metadata = {}, args, results, elapsed_time: elapsed } = json;
  if (!isObject(metadata) || !isObject(args) || !Array.isArray(results)) return null;
  const { which } = args;
  if (typeof which !== 'string') return null;
  return {
    command: which,
    args,
    invocationId: textOf(metadata['invocation_id']),
    generatedAt: dateOf(metadata['generated_at']),
    elapsed: numberOf(elapsed) ?? 0,
    results: results.flatMap(resultOf),
    count: results.length,
  };
}

function resultOf(result: unknown): RecordedResult[] {
  if (!isObject(result)) return [];
  const { unique_id: id, status, timing } = result;
  if (typeof id !== 'string' || typeof status !== 'string') return [];
  const times = (Array.isArray(timing) ? timing : []).filter(isObject);
  const instants = (name: string): number[] =>
    times.flatMap((time) => dateOf(time[name])?.getTime() ?? []);
  const message = textOf(result['message']);
  const response = result['adapter_response'];
  return [
    {
      id,
      status,
      message,
      thread: textOf(result['thread_id']) ?? '',
      startedAt: extreme(Math.min, instants('started_at')),
      completedAt: extreme(Math.max, instants('completed_at')),
      seconds: numberOf(result['execution_time']) ?? 0,
      failures: numberOf(result['failures']),
      rows: isObject(response) ? numberOf(response['rows_affected']) : null,
      reused: message === carriedOverMessage,
    },
  ];
}

function extreme(choose: (...times: number[]) => number, times: readonly number[]): Date | null {
  return times.length === 0 ? null : new Date(choose(...times));
}

function dateOf(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
