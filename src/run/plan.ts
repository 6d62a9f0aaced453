/** Decides what a run does with each node, before any database is opened. */
import { TechstoreError } from '../errors.js';
import type { BuildKind } from '../builds/index.js';
import type { Compiler } from '../dbt/compile.js';
import { edgesOf, inOrder, relationKey, seedsOfSources, type Edges } from '../graph/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { GraphNode, Manifest, SourceNode } from '../manifest/nodes.js';
import type { RelationName } from '../engine/engine.js';
import { checkConfig } from './check-config.js';
import { fingerprints, hash, type Fingerprint } from './fingerprint.js';
import type { SourceFiles } from './load-files.js';
import type { OutsideReads } from './outside/outside-reads.js';
import { OwnTexts, type OwnText } from '../plan/own-text.js';
import { checkMaterialization } from './materialize.js';
import { deferredNodes, type Defer } from './deferred.js';
import { isUnchanged, type NodeState, type NodeStates } from '../manifest/node-state.js';
import { isTyped } from './source-table.js';
import type { SourceSeed } from './seeds/load-source-seeds.js';
import { staleNodes } from './stale.js';

export type Command = BuildKind;

export interface PlanInputs {
  readonly command: Command;
  readonly manifest: Manifest;
  readonly compiler: Compiler;
  readonly selected: ReadonlySet<string>;
  readonly files: SourceFiles | null;
  /** True if sources are tables of the catalog: no seed stands for them, and their changes are unknown. */
  readonly sourcesExist?: boolean;
  /** What nodes read that no node makes. Default nothing. */
  readonly outside?: OutsideReads | undefined;
  /** True if hooks before the run may make tables that no node makes. Default false. */
  readonly mayAppear?: boolean;
  /** States of the build whose tables may be reused. */
  readonly prior: NodeStates;
  readonly fullRefresh: boolean;
  readonly version: string;
  readonly defer?: Defer | undefined;
}

export interface Plan {
  readonly edges: Edges;
  /** Every node's id, parents before children. */
  readonly order: readonly string[];
  /** Nodes that run, in order, without unchanged ones. */
  readonly run: readonly GraphNode[];
  /** Selected nodes that do not need to run. */
  readonly unchanged: readonly GraphNode[];
  /** Changed sources, which are loaded from files. */
  readonly load: readonly SourceNode[];
  /** Seeds of `run` that stand for a source. They are read with the source's columns, before other nodes run. */
  readonly sourceSeeds: readonly SourceSeed[];
  /** Reused relations of the earlier build, by the id of their node. */
  readonly carry: ReadonlyMap<string, NodeState>;
  /** Nodes that are read where the state of `--defer` has them, by id. */
  readonly deferred: ReadonlyMap<string, RelationName>;
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  /** The part of each node that decides what its table holds, if it was compiled. */
  readonly ownTexts: ReadonlyMap<string, OwnText>;
  /** Nodes that are not selected and whose fingerprint changed. */
  readonly stale: readonly GraphNode[];
  /** True if the source files differ from those of the earlier build. */
  readonly otherSources: boolean;
  /** True if this run would produce the earlier build again. */
  readonly nothingToDo: boolean;
}

const kinds: Record<Command, readonly string[]> = {
  build: ['model', 'seed', 'test', 'unit_test'],
  run: ['model'],
  test: ['test', 'unit_test'],
  seed: ['seed'],
};

export async function plan(inputs: PlanInputs): Promise<Plan> {
  const { manifest, prior, command, files, outside } = inputs;
  const edges = edgesOf(manifest, { gates: command === 'build' });
  const order = inOrder(manifest, edges);
  const sourcesExist = inputs.sourcesExist === true && command !== 'seed';
  const replaced =
    files === null && !sourcesExist
      ? new Set<string>()
      : new Set(seedsOfSources(manifest).values());
  const runnable = order.filter(
    (node) =>
      (inputs.selected.has(node.uniqueId) || isMadeAnyway(node, prior, command)) &&
      kinds[command].includes(node.resourceType) &&
      !replaced.has(node.uniqueId) &&
      !isEphemeral(node),
  );
  // What could never run is told before anything does.
  for (const node of runnable) {
    if (node.resourceType !== 'model') continue;
    checkMaterialization(node);
    checkConfig(node, manifest);
  }
  const runs = new Set(runnable.map((node) => node.uniqueId));
  const texts = new OwnTexts(inputs.compiler, manifest);
  const common = {
    texts,
    // A unit test runs before its model, and depends on what that model's SQL is.
    order: [
      ...order.filter((node) => node.resourceType !== 'unit_test'),
      ...order.filter((node) => node.resourceType === 'unit_test'),
    ],
    parentsOf: (node: GraphNode) => dataParents(node, manifest, edges),
    version: inputs.version,
    ...(outside === undefined ? {} : { outside }),
  };
  const existing = await existingSources(order, files, outside);
  const ofFiles = files?.fingerprints ?? null;
  const ofSources = sourcesExist
    ? tablesOfOthers(order)
    : existing.size === 0
      ? ofFiles
      : new Map<string, Fingerprint>([...(ofFiles ?? []), ...existing]);
  const given = givenFingerprints(order, runs, prior, ofSources);
  const { defer } = inputs;
  const deferred = deferredNodes({ manifest, nodes: runnable, prior, defer });
  // Nobody knows what those tables hold: what is made of them is never unchanged.
  for (const id of deferred.keys()) given.set(id, null);
  const known = await fingerprints({ ...common, given });
  const isPartial = order.some((node) => !runs.has(node.uniqueId) && given.has(node.uniqueId));
  const fresh = isPartial
    ? await fingerprints({ ...common, given: ofSources ?? new Map() })
    : known;
  const mayKeep = !inputs.fullRefresh && command !== 'test' && !sourcesExist;
  // A warning of before is asked again where it would be an error now.
  const { warnError } = inputs.compiler.session;
  const unchanged = runnable.filter(
    (node) =>
      mayKeep &&
      isUnchanged(prior[node.uniqueId], known.get(node.uniqueId) ?? null) &&
      !isOutside(node, inputs.compiler.session.target.database) &&
      !(warnError === true && prior[node.uniqueId]?.status === 'warn'),
  );
  const load = sourcesToLoad(order, files, prior, inputs.fullRefresh);
  // In a new build, what cannot be taken over is made once more.
  const isNew = unchanged.length < runnable.length || load.length > 0;
  const kept = new Set(
    unchanged.filter((node) => !(isNew && isFunction(node))).map((node) => node.uniqueId),
  );
  const run = runnable.filter((node) => !kept.has(node.uniqueId));
  const carry = relationsToCarry(manifest, prior, run, load, replaced, files, deferred);
  refuseMissing(run, manifest, edges, {
    ...{ carry, deferred, runs, existing },
    load,
    sourcesExist: sourcesExist || inputs.mayAppear === true,
  });
  return {
    edges,
    order: order.map((node) => node.uniqueId),
    run,
    unchanged: unchanged.filter((node) => kept.has(node.uniqueId)),
    load,
    sourceSeeds: sourceSeedsOf(run, manifest),
    carry,
    deferred,
    fingerprints: known,
    ownTexts: texts.known,
    stale: staleNodes(order, runs, prior, fresh),
    otherSources: load.length > 0 || !isSameSources(manifest, prior, replaced, files),
    nothingToDo:
      run.length === 0 && load.length === 0 && isSameSet(manifest, prior, replaced, files),
  };
}

/** A table function is in no build but the one that made it. */
function isFunction(node: GraphNode): boolean {
  return node.resourceType === 'model' && node.config.materialized === 'table_function';
}

/** Nothing is lost of what a part of the project leaves out. */
function isMadeAnyway(node: GraphNode, prior: NodeStates, command: Command): boolean {
  return isFunction(node) && command === 'build' && prior[node.uniqueId] !== undefined;
}

/** What a node makes outside of the build's database: others may have changed it. */
function isOutside(node: GraphNode, database: string): boolean {
  if (node.resourceType !== 'model' && node.resourceType !== 'seed') return false;
  return node.config.materialized === 'external' || node.database !== database;
}

/** The parents that a node's rows depend on, without tests that must pass first. */
export function dataParents(node: GraphNode, manifest: Manifest, edges: Edges): string[] {
  if (node.resourceType === 'unit_test') return [...node.dependsOn.nodes];
  return (edges.get(node.uniqueId) ?? []).filter((id) => {
    const type = manifest.nodes.get(id)?.resourceType;
    return type !== 'test' && type !== 'unit_test';
  });
}

function givenFingerprints(
  order: readonly GraphNode[],
  runs: ReadonlySet<string>,
  prior: NodeStates,
  ofSources: ReadonlyMap<string, Fingerprint> | null,
): Map<string, Fingerprint> {
  const given = new Map<string, Fingerprint>(ofSources);
  for (const node of order) {
    const state = prior[node.uniqueId];
    // A table that stays as it is counts as what it was made from, not as what it would be now.
    if (!runs.has(node.uniqueId) && state !== undefined && !given.has(node.uniqueId)) {
      if (node.resourceType === 'source' && ofSources === null) continue;
      given.set(node.uniqueId, state.fingerprint);
    }
  }
  return given;
}

/** For every existing table of the catalog, which only its name identifies. */
const fromCatalog = hash('catalog');

/** Sources that are there without a file of `--sources` or a seed: by id, with what is known of their rows. */
async function existingSources(
  order: readonly GraphNode[],
  files: SourceFiles | null,
  outside: OutsideReads | undefined,
): Promise<Map<string, Fingerprint>> {
  const found = new Map<string, Fingerprint>();
  if (outside === undefined) return found;
  for (const node of order) {
    if (node.resourceType !== 'source' || files?.fingerprints.has(node.uniqueId) === true) continue;
    if (!outside.has(node)) continue;
    found.set(node.uniqueId, await outside.ofSource(node));
  }
  return found;
}

/** Tables whose changes are unknown, so their descendants always run. */
function tablesOfOthers(order: readonly GraphNode[]): Map<string, Fingerprint> {
  return new Map(
    order
      .filter((node) => node.resourceType === 'source')
      .map((node) => [node.uniqueId, fromCatalog]),
  );
}

function sourcesToLoad(
  order: readonly GraphNode[],
  files: SourceFiles | null,
  prior: NodeStates,
  fullRefresh: boolean,
): SourceNode[] {
  if (files === null) return [];
  const sources = order.filter((node) => node.resourceType === 'source');
  const changed = sources.filter(
    (node) =>
      fullRefresh ||
      !isUnchanged(prior[node.uniqueId], files.fingerprints.get(node.uniqueId) ?? null),
  );
  return changed;
}

function relationsToCarry(
  manifest: Manifest,
  prior: NodeStates,
  run: readonly GraphNode[],
  load: readonly SourceNode[],
  replaced: ReadonlySet<string>,
  files: SourceFiles | null,
  deferred: ReadonlyMap<string, unknown>,
): Map<string, NodeState> {
  const made = new Set<string>();
  for (const node of run) {
    if (node.resourceType === 'model' || node.resourceType === 'seed')
      made.add(relationKey(node, node.alias));
  }
  for (const node of load) made.add(relationKey(node, node.identifier));
  const seeds = new Map(seedsOfSources(manifest));
  const carry = new Map<string, NodeState>();
  const running = new Set(run.map((node) => node.uniqueId));
  for (const [id, state] of Object.entries(prior)) {
    const node = manifest.nodes.get(id);
    if (node === undefined || running.has(id) || replaced.has(id) || deferred.has(id)) continue;
    // The seed takes the place of the file that a source came from.
    if (node.resourceType === 'source' && files === null && seeds.has(id)) continue;
    if (state.relation === null) {
      if (state.failuresRelation !== null) carry.set(id, state);
      continue;
    }
    const database = 'database' in node ? node.database : '';
    const key = relationKey({ database, schema: state.relation.schema }, state.relation.identifier);
    if (made.has(key)) continue;
    carry.set(id, state);
  }
  return carry;
}

/** @throws TechstoreError if a node reads a table that will not exist. */
function refuseMissing(
  run: readonly GraphNode[],
  manifest: Manifest,
  edges: Edges,
  {
    carry,
    deferred,
    runs,
    load,
    sourcesExist,
    existing,
  }: Pick<Plan, 'carry' | 'deferred' | 'load'> & {
    readonly runs: ReadonlySet<string>;
    readonly sourcesExist: boolean;
    readonly existing: ReadonlyMap<string, unknown>;
  },
): void {
  const loaded = new Set(load.map((node) => node.uniqueId));
  const seeds = seedsOfSources(manifest);
  const isThere = (id: string): boolean => {
    const node = manifest.nodes.get(id);
    if (node === undefined || runs.has(id) || carry.has(id) || loaded.has(id)) return true;
    if (deferred.has(id)) return true;
    if (node.resourceType === 'source' && (sourcesExist || existing.has(id))) return true;
    if (node.resourceType === 'source') {
      const seed = seeds.get(id);
      return seed !== undefined && isThere(seed);
    }
    if (isEphemeral(node)) return (edges.get(id) ?? []).every(isThere);
    return !['model', 'seed'].includes(node.resourceType);
  };
  for (const node of run) {
    for (const parent of dataParents(node, manifest, edges)) {
      if (isThere(parent)) continue;
      const missing = manifest.nodes.get(parent);
      if (missing === undefined) continue;
      const isSource = missing.resourceType === 'source';
      throw new TechstoreError(
        isSource ? 'source' : 'selection',
        `${node.name} reads ${missing.name}, which is not built`,
        {
          place: node.place,
          hint: isSource
            ? 'Pass the folder with its file as --sources, or add a seed of the same name and schema.'
            : node.resourceType === 'model'
              ? `Build it too: --select +${node.name}`
              : `Run: techstore ${missing.resourceType === 'seed' ? 'seed' : 'run'} --select ${missing.name}`,
        },
      );
    }
  }
}

function sourceSeedsOf(run: readonly GraphNode[], manifest: Manifest): SourceSeed[] {
  const running = new Map(run.map((node) => [node.uniqueId, node]));
  const pairs: SourceSeed[] = [];
  for (const [sourceId, seedId] of seedsOfSources(manifest)) {
    const seed = running.get(seedId);
    const source = manifest.nodes.get(sourceId);
    if (seed?.resourceType === 'seed' && source?.resourceType === 'source' && isTyped(source)) {
      pairs.push({ seed, source });
    }
  }
  return pairs;
}

/** False if a node was removed from the project: then its table must be dropped. */
function isSameSet(
  manifest: Manifest,
  prior: NodeStates,
  replaced: ReadonlySet<string>,
  files: SourceFiles | null,
): boolean {
  return (
    Object.keys(prior).every((id) => manifest.nodes.has(id)) &&
    isSameSources(manifest, prior, replaced, files)
  );
}

/** False if seeds replace files as sources, or files replace seeds. */
function isSameSources(
  manifest: Manifest,
  prior: NodeStates,
  replaced: ReadonlySet<string>,
  files: SourceFiles | null,
): boolean {
  const seeds = seedsOfSources(manifest);
  return Object.keys(prior).every((id) => {
    const isSource = manifest.nodes.get(id)?.resourceType === 'source';
    return !replaced.has(id) && !(isSource && files === null && seeds.has(id));
  });
}
