/**
 * What the API tells a program about an error, beside the sentences for people: in a header,
 * since the body of every error has the same fields.
 */

/** `unpublished`: nothing is published yet, which is no trouble where a shop is new. */
export type ProblemCode = 'unpublished';

export const problemCodeHeader = 'x-problem-code';
