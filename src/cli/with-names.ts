import { TechstoreError } from '../errors.js';
import type { SelectionOptions } from './options.js';

/**
 * Names behind a command choose nodes as `--select` does.
 *
 * @throws TechstoreError `usage` where both are given
 */
export function withNames<T extends SelectionOptions>(names: readonly string[], options: T): T {
  if (names.length === 0) return options;
  if (options.select !== undefined || options.selector !== undefined) {
    throw new TechstoreError('usage', 'Nodes are named both as arguments and with an option', {
      hint: 'Name all nodes as arguments, or all with --select.',
    });
  }
  return { ...options, select: [...names] };
}
