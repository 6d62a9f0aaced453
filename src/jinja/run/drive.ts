import { Fault } from '../values/fault.js';
import type { Waiting } from '../values/value.js';

/**
 * Runs to the end without waiting. A promise on the way is an error of code
 * 'compilation' at the call that gave it.
 */
export function runSync<T>(run: Waiting<T>): T {
  let step = run.next();
  while (step.done !== true) {
    // What the promise says no longer matters; without this a rejection would end the program.
    step.value.catch(() => undefined);
    step = run.throw(
      new Fault(
        'This call needs a result, for example from the database, and cannot wait for it here',
      ),
    );
  }
  return step.value;
}

/** Runs to the end, waiting for each promise on the way. A rejection is thrown at its call. */
export async function runAsync<T>(run: Waiting<T>): Promise<T> {
  let step = run.next();
  while (step.done !== true) {
    let answer: unknown;
    try {
      answer = await step.value;
    } catch (error) {
      step = run.throw(error);
      continue;
    }
    step = run.next(answer);
  }
  return step.value;
}
