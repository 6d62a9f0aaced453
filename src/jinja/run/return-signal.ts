import { HostFunction, type Value } from '../values/value.js';

/**
 * Thrown by `return(value)` and caught where the macro was called. It is no Error:
 * nothing went wrong, and making a stack trace for each return is slow.
 */
export class ReturnSignal {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** dbt's `return(value)`: ends the macro it stands in, which gives the value as it is. */
export const returnFunction = new HostFunction('return', (args, kwargs) => {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- see ReturnSignal
  throw new ReturnSignal(args[0] ?? kwargs.get('data') ?? null);
});
