import { Fault } from './errors.js';

/**
 * What an undefined value may be used for, beside `is defined`, `default` and truth:
 * - `strict`: nothing else. Printing, joining or iterating it is an error that names it.
 * - `python`: as Jinja2's default, it prints as an empty text and iterates as empty.
 * - `chainable`: as `python`, and its attributes and elements are undefined too.
 */
export type UndefinedMode = 'strict' | 'python' | 'chainable';

/** A name, attribute or element that does not exist. */
export class Undefined {
  readonly name: string;
  readonly message: string;
  readonly mode: UndefinedMode;
  readonly #hint: (() => string | undefined) | undefined;

  constructor(
    name: string,
    mode: UndefinedMode,
    message = `'${name}' is undefined`,
    hint?: () => string | undefined,
  ) {
    this.name = name;
    this.mode = mode;
    this.message = message;
    this.#hint = hint;
  }

  /** Refuses a use that no mode allows, such as a call. */
  fail(): never {
    throw new Fault(this.message, this.#hint?.());
  }

  /** Refuses a use that only the strict mode refuses, such as printing. */
  failIfStrict(): void {
    if (this.mode === 'strict') this.fail();
  }
}
