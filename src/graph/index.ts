/** What other folders use of `graph`. */
export { ExecutionGraph } from './execution-graph.js';
export { Graph, type Edge, type GraphOptions } from './graph.js';
export { fqnOrder, listingOrder, selectorOf } from './listing.js';
export type { ModifiedCheck, SourceStatusComparison, StateComparison } from './method-context.js';
export { resourceTypes } from './node-methods.js';
export { nearestNames } from './suggestion.js';
export { select, type Selection, type SelectionOptions } from './select.js';
export type { IndirectSelection } from './selection-spec.js';
export type { Unmatched } from './unmatched.js';
export { defaultSelector } from './yaml-selectors.js';
