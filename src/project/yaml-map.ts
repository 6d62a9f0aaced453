import { z } from 'zod';
import { describe } from './validate.js';

/** A map whose keys are the user's own: none is left out, as a schema of records leaves out `__proto__`. */
export const yamlMap = z.custom<Record<string, unknown>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype,
  { error: (issue) => `must be a map of keys, not ${describe(issue.input)}` },
);
