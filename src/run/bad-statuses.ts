import type { NodeStatus } from '../manifest/results.js';

/** Statuses that block descendants and publishing. */
export const badStatuses: readonly NodeStatus[] = ['error', 'fail', 'skipped'];
