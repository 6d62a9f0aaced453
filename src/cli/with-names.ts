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
    throw new TechstoreError('usage', 'Nodes are named behind the command and by an option', {
      hint: 'Give all of them behind the command, or all of them with --select.',
    });
  }
  return { ...options, select: [...names] };
}
