/** run_results.json in version 6 of dbt's schema. */
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { NodeResult, RunResult } from '../manifest/results.js';
import type { Manifest } from '../manifest/nodes.js';
import { metadataJson, type ArtifactInfo } from './info.js';
import { relationName } from './node-json.js';
import { plain, plainObject, type Json } from './plain.js';
import { timingJson } from './timing-json.js';

/** What the message says of a node whose last result was taken over. */
export const carriedOverMessage = 'reused: nothing changed';

/** Where `args` keeps the arguments under the program's own names, for `retry`. */
export const ownArguments = 'techstore';

/** Where they keep the sources that were too old: dbt's results know of nodes only. */
export const staleArgument = 'stale';

/** The outcome of a run as dbt's tools read it. */
export function runResultsJson(result: RunResult, manifest: Manifest, info: ArtifactInfo): Json {
  return {
    metadata: metadataJson('run-results/v6', info),
    results: result.results.map((node) => nodeResultJson(node, manifest, info)),
    elapsed_time: (result.completedAt.getTime() - result.startedAt.getTime()) / 1000,
    args: argumentsJson(result),
  };
}

function argumentsJson({ command, args, vars, stale }: RunResult): Json {
  const given = plainObject(args);
  const dbtNames = Object.entries(given).map(
    ([key, value]) => [key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), value] as const,
  );
  return {
    ...Object.fromEntries(dbtNames),
    vars: plainObject(vars),
    which: command,
    [ownArguments]: stale === undefined ? given : { ...given, [staleArgument]: stale },
  };
}

function nodeResultJson(result: NodeResult, manifest: Manifest, info: ArtifactInfo): Json {
  return {
    status: result.status,
    timing: timingJson(result.timing),
    thread_id: result.thread,
    execution_time: result.executionTime,
    adapter_response: adapterResponse(result),
    message: messageOf(result),
    failures: result.failures === null ? null : Math.round(result.failures),
    unique_id: result.uniqueId,
    compiled: result.compiledCode !== null,
    compiled_code: result.compiledCode,
    relation_name: result.relationName ?? relationOf(result, manifest, info),
    batch_results: null,
  };
}

function messageOf(result: NodeResult): string | null {
  return result.carriedOver ? carriedOverMessage : result.message;
}

function adapterResponse(result: NodeResult): unknown {
  return plain({
    ...(result.carriedOver || result.status === 'error' || result.status === 'skipped'
      ? {}
      : { _message: 'OK' }),
    ...(result.rows === null ? {} : { rows_affected: result.rows }),
  });
}

/** dbt names the relation of a node even where it was not made. */
function relationOf(result: NodeResult, manifest: Manifest, info: ArtifactInfo): string | null {
  if (result.failuresRelation !== null) return result.failuresRelation;
  const node = manifest.nodes.get(result.uniqueId);
  const made =
    node?.resourceType === 'seed' || (node?.resourceType === 'model' && !isEphemeral(node));
  return made ? relationName({ ...node, identifier: node.alias }, info) : null;
}
