import { Fault } from './fault.js';

/**
 * What an undefined value may be used for, beside `is defined`, `default` and truth:
 * - `strict`: nothing else. Printing, joining or iterating it is an error that names it.
 * - `python`: as Jinja2's default, it prints as an empty text and iterates as empty.
 * - `chainable`: as `python`, and its attributes and elements are undefined too.
 * - `parsing`: as `chainable`, and so is what its calls give; in macros of other templates as
 *   `python`. dbt reads a model so before it knows all macros.
 */
export type UndefinedMode = 'strict' | 'python' | 'chainable' | 'parsing';

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

  /** Whether its attributes and elements are undefined, too. */
  get chains(): boolean {
    return this.mode === 'chainable' || this.mode === 'parsing';
  }

  /** What its call gives. */
  call(): Undefined {
    return this.mode === 'parsing' ? this : this.fail();
  }

  /** Refuses a use that no mode allows, such as arithmetic. */
  fail(): never {
    throw new Fault(this.message, this.#hint?.());
  }

  /** Refuses a use that only the strict mode refuses, such as printing. */
  failIfStrict(): void {
    if (this.mode === 'strict') this.fail();
  }
}
