/** dbt's artifacts: what other programs read of a project and of a run. */
export type { ArtifactInfo, CompiledNode, OperationSql } from './info.js';
export { catalogJson } from './catalog-json.js';
export { groupsJson } from './groups-json.js';
export { manifestJson } from './manifest-json.js';
export { nodeJson } from './node-json.js';
export { exposureJson, sourceJson } from './yaml-node-json.js';
export { plainObject } from './plain.js';
export { readRunResults, type RunToRetry } from './read-run-results.js';
export { recordedRunOf, type RecordedResult, type RecordedRun } from './recorded-run.js';
export { carriedOverMessage, runResultsJson } from './run-results-json.js';
export { sourcesJson } from './sources-json.js';
export { makeTargetFolder, writeArtifact, writeArtifactText } from './write-artifact.js';
