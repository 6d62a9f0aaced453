/** run_results.json of the target folder, as far as it is one. */
import { join } from 'node:path';
import { lastRunOf, type LastRun } from '../../docs/last-run.js';
import { readRegularFile, whyUnreadable } from '../../regular-file.js';

export interface FoundRun {
  readonly run: LastRun | null;
  /** Why nothing is known of a run, though there is a file. */
  readonly note: string | null;
}

/** @param target name of the target whose documentation is made */
export function lastRunIn(dir: string, target: string): FoundRun {
  const path = join(dir, 'run_results.json');
  let json: unknown;
  try {
    json = JSON.parse(readRegularFile(path).toString('utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { run: null, note: null };
    const why = cause instanceof SyntaxError ? 'it is not valid JSON' : whyUnreadable(cause);
    return { run: null, note: `The last run is not shown: ${path} cannot be read: ${why}.` };
  }
  const run = lastRunOf(json);
  if (run !== null && run.target !== null && run.target !== target) {
    return { run: null, note: `The last run is not shown: it was one of target ${run.target}.` };
  }
  return { run, note: null };
}
