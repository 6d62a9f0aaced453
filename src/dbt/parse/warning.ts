import type { Place } from '../../errors.js';

/** Something of the project that is told, and stops nothing. */
export interface Warning {
  readonly message: string;
  readonly place?: Place;
  readonly hint?: string | undefined;
}
