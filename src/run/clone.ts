/** `clone`: relations of another environment as a build of this target, without running or testing anything. */
import type { Attempt, BuildStore, ClonedTable, DeferredTable } from '../builds/index.js';
import type { Compiler } from '../dbt/compile.js';
import { TechstoreError } from '../errors.js';
import { edgesOf, inOrder } from '../graph/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import { placesOf, type NodeState, type NodeStates } from '../manifest/node-state.js';
import type { Manifest, ModelNode, SeedNode } from '../manifest/nodes.js';
import { relationOf } from '../manifest/relation-of.js';
import type { NodeResult } from '../manifest/results.js';
import { codeRecord, readCodeRecord } from '../plan/code-record.js';
import { detailsOf, emptyState } from './build-record.js';
import type { BuildOutcome, WaitOptions } from './build-request.js';
import type { Defer } from './deferred.js';
import { interrupted } from './interrupted.js';
import type { RunListener } from './listener.js';
import { emptyResult } from './node-result.js';
import { textOf } from './text-of-error.js';

export interface CloneRequest {
  readonly store: BuildStore;
  readonly manifest: Manifest;
  readonly compiler: Compiler;
  readonly selected: ReadonlySet<string>;
  readonly state: Pick<Defer, 'relations' | 'fileOf'>;
  /** False: what the published build has stays as it is. */
  readonly fullRefresh: boolean;
  readonly threads: number;
  readonly version: string;
  readonly lineage: object;
  /** Removes secrets from a text that is stored or shown. */
  readonly redact: (text: string) => string;
  readonly wait: WaitOptions;
  readonly listener: RunListener;
  readonly signal: AbortSignal;
}

type Relational = ModelNode | SeedNode;

/** The outcome, and the date that the figures of its tables refer to. */
export type CloneOutcome = BuildOutcome & { readonly asOf: string | null };

export async function clone(request: CloneRequest): Promise<CloneOutcome> {
  const { store, signal } = request;
  const attempt = await store
    .attempt({ ...request.wait, kind: 'build', command: 'techstore clone', signal })
    .catch((error: unknown) => {
      throw signal.aborted ? interrupted() : error;
    });
  const stop = (): void => attempt.interrupt();
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) throw interrupted();
    return await cloneIn(attempt, request);
  } catch (error) {
    await attempt.abandon();
    throw signal.aborted ? interrupted() : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function cloneIn(attempt: Attempt, request: CloneRequest): Promise<CloneOutcome> {
  const { manifest, listener, threads } = request;
  const { base, prior } = attempt;
  for (const note of attempt.notes) listener.note(note);
  const results = new Map<string, NodeResult>();
  const wanted = wantedOf(request, prior, results);
  const asOfBase = base?.record.asOf ?? null;
  const previous = { previousStates: prior, previousId: base?.id ?? null };
  const outcome = {
    ...{ ok: true, publishedId: null, keptId: null, upToDate: false, warnings: [] },
    ...{ states: prior, loaded: new Map(), rejected: [], freshness: [], asOf: asOfBase },
    ...previous,
  };
  listener.started(wanted.length);
  if (wanted.length === 0) {
    await attempt.abandon();
    return { ...outcome, upToDate: true, results: [...results.values()] };
  }
  const run = wanted.map(({ node }) => node);
  const stay = statesThatStay(prior, run, manifest);
  const carry = placesOf(Object.values(stay));
  await attempt.start({ run, load: [], carry, manifest, threads, readsSources: false });
  const refusal = await attempt.takeOver(carry);
  if (refusal !== null) {
    throw new TechstoreError('publish', `Tables that stay cannot be taken over: ${refusal}`, {
      hint: 'Clone all of it: techstore clone --full-refresh without --select.',
    });
  }
  attempt.placed(manifest);
  const states: Record<string, NodeState> = { ...stay };
  const dates = new Set(Object.keys(stay).length === 0 ? [] : [asOfBase]);
  const nodes = new Map(run.map((node) => [node.uniqueId, node]));
  for (const node of run) listener.nodeStarted(node);
  await attempt.clone(
    { tables: wanted.map(({ table }) => table), fileOf: request.state.fileOf },
    (cloned) => {
      const node = nodes.get(cloned.id);
      if (node === undefined) return;
      const result = resultOf(cloned, node, manifest, request.redact);
      results.set(cloned.id, result);
      if ('made' in cloned) {
        const { rows, relationType, asOf } = cloned.made;
        const { schema, identifier } = relationOf(node);
        states[cloned.id] = {
          ...{ ...emptyState, rows, relationType, relation: { schema, identifier } },
          message: result.message,
        };
        dates.add(asOf);
      }
      listener.nodeFinished(node, result);
    },
  );
  if (request.signal.aborted) throw interrupted();
  const ok = [...results.values()].every(({ status }) => status !== 'error');
  const [date = null, ...others] = dates;
  const asOf = others.length === 0 ? date : null;
  const details = {
    ...detailsOf({ ...request, command: 'build', asOf, limited: undefined }, states, ok),
    ...(ok ? {} : { message: 'a relation could not be cloned' }),
    lineage: request.lineage,
  };
  const done = { ...outcome, asOf, ok, states, results: inOrderOf(manifest, results) };
  if (!ok) return { ...done, keptId: (await attempt.keep(details, 'failed'))?.id ?? null };
  const code = await codeThatStays(request, previous.previousId, new Set(nodes.keys()));
  const published = await attempt.publish({ ...details, code });
  return { ...done, publishedId: published.id, warnings: published.warnings };
}

/** What is to be cloned. What is not has its result, and a note as dbt has it. */
function wantedOf(
  { manifest, selected, state, fullRefresh, listener }: CloneRequest,
  prior: NodeStates,
  results: Map<string, NodeResult>,
): { node: Relational; table: DeferredTable }[] {
  const there = new Set(
    Object.values(prior).flatMap(({ relation }) =>
      relation === null ? [] : placeKey(relation.schema, relation.identifier),
    ),
  );
  const wanted: { node: Relational; table: DeferredTable }[] = [];
  for (const node of inOrder(manifest, edgesOf(manifest, { gates: false }))) {
    if (!selected.has(node.uniqueId) || isEphemeral(node)) continue;
    if (node.resourceType !== 'model' && node.resourceType !== 'seed') continue;
    const { database, schema, identifier } = relationOf(node);
    const relation = state.relations.get(node.uniqueId);
    const isThere = there.has(placeKey(schema, identifier));
    const isItself =
      relation?.database === database &&
      placeKey(relation.schema, relation.identifier) === placeKey(schema, identifier);
    if (relation !== undefined && !isItself && (fullRefresh || !isThere)) {
      const table = { id: node.uniqueId, relation, place: { schema, identifier } };
      wanted.push({ node, table });
      continue;
    }
    const name = `${database}.${schema}.${identifier}`;
    listener.note(
      relation === undefined
        ? `No relation found in state manifest for ${node.uniqueId}`
        : isThere && !(fullRefresh && isItself)
          ? `Relation ${name} already exists`
          : `Target relation and defer relation are the same, skipping clone for relation: ${name}`,
    );
    results.set(node.uniqueId, { ...emptyResult(node.uniqueId, 'success'), message: 'No-op' });
  }
  return wanted;
}

const placeKey = (schema: string, identifier: string): string =>
  JSON.stringify([schema, identifier]).toLowerCase();

/** All but those of the names that are cloned, and what tests found in them. */
function statesThatStay(
  prior: NodeStates,
  cloned: readonly Relational[],
  manifest: Manifest,
): Record<string, NodeState> {
  const names = new Set(cloned.map(({ schema, alias }) => placeKey(schema, alias)));
  const gone = new Set(cloned.map((node) => node.uniqueId));
  return Object.fromEntries(
    Object.entries(prior).filter(([id, { relation }]) => {
      const node = manifest.nodes.get(id);
      if (node === undefined) return false;
      const isTest = node.resourceType === 'test' || node.resourceType === 'unit_test';
      if (isTest) return !node.dependsOn.nodes.some((parent) => gone.has(parent));
      return relation === null || !names.has(placeKey(relation.schema, relation.identifier));
    }),
  );
}

function resultOf(
  cloned: ClonedTable,
  node: Relational,
  { nodes }: Manifest,
  redact: (text: string) => string,
): NodeResult {
  if ('error' in cloned) {
    return {
      ...emptyResult(cloned.id, 'error'),
      message: redact(textOf(cloned.error)),
      place: { file: nodes.get(cloned.id)?.originalFilePath ?? node.originalFilePath },
    };
  }
  const { rows, relationType, seconds, relationName } = cloned.made;
  return {
    ...emptyResult(cloned.id, 'success'),
    message: relationType === 'view' ? 'view' : 'clone',
    executionTime: seconds,
    ...{ rows, relationType, relationName },
  };
}

function inOrderOf(manifest: Manifest, results: ReadonlyMap<string, NodeResult>): NodeResult[] {
  return inOrder(manifest, edgesOf(manifest, { gates: false })).flatMap(
    ({ uniqueId }) => results.get(uniqueId) ?? [],
  );
}

/** What is known of the code of tables that stay; of cloned ones nothing is. */
async function codeThatStays(
  { store, manifest, compiler, redact }: CloneRequest,
  previousId: string | null,
  cloned: ReadonlySet<string>,
): Promise<object> {
  const earlier = previousId === null ? null : readCodeRecord(await store.code(previousId));
  const nodes = Object.entries(earlier?.nodes ?? {}).filter(([id]) => !cloned.has(id));
  return codeRecord({
    ...{ manifest, session: compiler.session, ids: [], ownTexts: new Map(), redact },
    earlier: earlier === null ? null : { ...earlier, nodes: Object.fromEntries(nodes) },
  });
}
