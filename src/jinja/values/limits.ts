import { Fault } from './fault.js';

/** Bounds of one rendering. What goes past one of them is an error of code 'compilation'. */
export interface Limits {
  /** Statements, calls and loop turns, plus a share of the elements that filters walk. Default 10,000,000. */
  readonly steps: number;
  /** Characters of one text, also of the output. Default 16,000,000. */
  readonly textLength: number;
  /** Elements of one list, tuple or range. Default 1,000,000. */
  readonly listLength: number;
  /** Characters made during the whole rendering; an element of a list counts as 8. Default 256,000,000. */
  readonly memory: number;
  /** Macros and included templates that may be open inside one another. Default 200. */
  readonly depth: number;
}

export const defaultLimits: Limits = {
  steps: 10_000_000,
  textLength: 16_000_000,
  listLength: 1_000_000,
  memory: 256_000_000,
  depth: 200,
};

/** An element of a list takes the room of this many characters. */
const sizeOfElement = 8;

/** Longest integer that arithmetic may make, in bits. */
export const maxIntegerBits = 65_536;

/** Counts what one rendering has used up. */
export class Meter {
  readonly limits: Limits;
  #steps = 0;
  #memory = 0;

  constructor(limits: Partial<Limits> = {}) {
    this.limits = { ...defaultLimits, ...limits };
  }

  /** Counts work done. */
  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > this.limits.steps) {
      throw new Fault(
        `The template took more than ${this.limits.steps} steps`,
        'Look for a loop or a recursion that never ends.',
      );
    }
  }

  /** Checks and counts a text of this length that is about to be made. */
  text(length: number): void {
    if (length > this.limits.textLength) {
      throw new Fault(
        `A string of ${length} characters is longer than the limit of ${this.limits.textLength}`,
      );
    }
    this.#use(length);
  }

  /**
   * Counts a text put together from two. The engine shares the longer part at
   * first, so only a part of the whole is counted: a text grown in a loop would
   * otherwise cost the square of its length.
   */
  joined(left: number, right: number): void {
    const length = left + right;
    if (length > this.limits.textLength) this.text(length);
    this.#use(Math.min(left, right) + (length >> 3));
  }

  /** Checks and counts characters added to an output that is now `length` long. */
  printed(length: number, added: number): void {
    if (length > this.limits.textLength) {
      throw new Fault(
        `The output is longer than the limit of ${this.limits.textLength} characters`,
      );
    }
    this.#use(added);
  }

  /** Checks and counts elements added to a list that is now `length` long. */
  grown(length: number, added: number): void {
    if (length > this.limits.listLength) this.list(length);
    this.#use(added * sizeOfElement);
  }

  /** Checks and counts a list of this length that is about to be made or walked. */
  list(length: number): void {
    if (length > this.limits.listLength) {
      throw new Fault(
        `A list of ${length} elements is longer than the limit of ${this.limits.listLength}`,
      );
    }
    this.step(length >> 3);
    this.#use(length * sizeOfElement);
  }

  #use(count: number): void {
    this.#memory += count;
    if (this.#memory > this.limits.memory) {
      throw new Fault(
        `The template created more than ${this.limits.memory} characters and elements`,
        'Look for a loop that extends a string or a list.',
      );
    }
  }
}
