import type { NodeResult } from '../../manifest/results.js';
import { badStatuses, type BuildOutcome } from '../build-request.js';

/** What comes of nodes that ran without a build that is published or kept. */
export function outcomeWithoutBuild(results: readonly NodeResult[]): BuildOutcome {
  return {
    results,
    ok: !results.some((result) => badStatuses.includes(result.status)),
    publishedId: null,
    upToDate: false,
    keptId: null,
    warnings: [],
    states: {},
    previousStates: {},
    loaded: new Map(),
    rejected: [],
    previousId: null,
  };
}
