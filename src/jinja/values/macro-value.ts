/**
 * A macro as a value: it can be held, passed on and called. What it does is not known
 * here: `run/macro.ts` makes macros and runs them.
 */
export abstract class MacroValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** The names of its parameters, in order. */
  abstract get parameterNames(): readonly string[];
}
