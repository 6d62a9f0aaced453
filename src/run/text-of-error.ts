import { formatCalls, type TechstoreError } from '../errors.js';

/** An error as the message of a result: what, where in the text, the way out, the macros on the way. */
export function textOf(error: TechstoreError): string {
  return [error.message, error.excerpt, error.hint, ...formatCalls(error.stackOfCalls)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');
}
