import { interruptedError } from '../../errors.js';

/** @throws TechstoreError `interrupted` after Ctrl-C */
export function mustGoOn(signal: AbortSignal): void {
  if (signal.aborted) throw interruptedError('Interrupted: the documentation was not written');
}
