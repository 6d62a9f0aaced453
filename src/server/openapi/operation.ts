/** What operations of the description have in common. */

export interface OperationText {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
}

/** Statuses of errors that any path may answer with. */
export const commonErrors = [400, 405, 406, 408, 413, 414, 429, 431, 500, 503] as const;

/** Statuses of the errors of a route that reads data and needs a key. */
export function dataErrors(more: readonly number[] = []): readonly number[] {
  return [401, 403, 422, ...more];
}
