/** `--wait` of a command that takes the lock of the builds. */
import type { LockOptions } from '../builds/index.js';
import type { WaitOption } from './options.js';

export function waitOptions(
  command: string,
  { wait }: WaitOption,
  onWait: (message: string) => void,
): LockOptions {
  return {
    command,
    wait: wait !== undefined && wait !== false,
    ...(typeof wait === 'number' ? { timeoutMs: wait * 1000 } : {}),
    onWait,
  };
}
