/** What other folders use of `graph`. */
export { calledMacros } from './called-macros.js';
export { edgesAmong } from './edges-among.js';
export type { Edges } from './edges.js';
export { Graph } from './graph.js';
export { LineageGraph } from './lineage-graph.js';
export { fqnOrder, listingOrder, selectorOf } from './listing.js';
export type { ModifiedCheck, SourceStatusComparison, StateComparison } from './method-context.js';
export { resourceTypes } from './node-methods.js';
export { edgesOf, inOrder } from './run-edges.js';
export { relationKey, seedsOfSources } from './seeds-of-sources.js';
export { runSchedule } from './schedule.js';
export { select, type Selection, type SelectionOptions } from './select.js';
export type { IndirectSelection } from './selection-spec.js';
export type { Unmatched } from './unmatched.js';
export { defaultSelector } from './yaml-selectors.js';
