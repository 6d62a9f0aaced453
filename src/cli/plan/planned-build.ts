/** What a build would do, and why: put together from the project, the published build and a database without data. */
import { isReusable, type Build, type BuildStore, type OpenBuild } from '../../builds/index.js';
import type { Connection } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import { columnKey, type TypedColumn } from '../../lineage/index.js';
import type { NodeStates, RelationPlace } from '../../manifest/node-state.js';
import type { GraphNode } from '../../manifest/nodes.js';
import type { BoundModel } from '../../plan/bind.js';
import { bindOnWarehouse, bindPlan } from '../../plan/bind-plan.js';
import { readCodeRecord } from '../../plan/code-record.js';
import { columnChanges, isChanged, type ChangedColumns } from '../../plan/column-changes.js';
import { columnsOfTable } from '../../plan/known-columns.js';
import { readersOf, type Readers } from '../../plan/readers.js';
import { reasonsFor, type Reason } from '../../plan/reasons.js';
import { hooksOf } from '../../run/hooks-of.js';
import { OutsideReads } from '../../run/outside/outside-reads.js';
import type { SourceFiles } from '../../run/load-files.js';
import { dataParents, plan, type Plan } from '../../run/plan.js';
import { mixture } from '../../run/stale.js';
import { attachedMarks } from '../attached-marks.js';
import { emptyTwinOf } from '../empty-twin.js';
import type { LoadedProject } from '../load.js';
import { metricQueries } from './metric-queries.js';
import { readersOfColumns } from '../trace-columns.js';
import { version } from '../version.js';
import { lineageGraph } from '../whole-lineage.js';

export interface PlannedNode {
  readonly node: GraphNode;
  readonly reasons: readonly Reason[];
  /** Of models; null for what is no model. */
  readonly bound: BoundModel | null;
  /** Null where the columns of before or those of now are not known. */
  readonly columns: ChangedColumns | null;
  /** Who reads each column that is lost or has another type, by its name. */
  readonly readers: ReadonlyMap<string, Readers>;
}

export interface PlannedBuild {
  /** What is compared with; null where nothing is published that could be gone on from. */
  readonly base: Build | null;
  /** False where `base` does not tell what it was made by. */
  readonly hasCode: boolean;
  /** What runs or is loaded, parents before children. */
  readonly nodes: readonly PlannedNode[];
  readonly unchanged: readonly GraphNode[];
  /** Ephemeral models with a fault, by unique id: they are no part of a run. */
  readonly ephemeral: readonly PlannedNode[];
  readonly warnings: readonly string[];
}

export interface PlanOptions {
  readonly selected: ReadonlySet<string>;
  readonly files: SourceFiles | null;
  readonly fullRefresh: boolean;
}

export async function plannedBuild(
  project: LoadedProject,
  store: BuildStore,
  options: PlanOptions,
): Promise<PlannedBuild> {
  const { manifest, compiler, session } = project;
  const base = await store.published();
  const isUsable = base !== null && isReusable(base);
  const prior: NodeStates = isUsable ? base.record.nodes : {};
  const outside = store.loadsFiles
    ? new OutsideReads(manifest, await store.existing(), attachedMarks(project.profile))
    : undefined;
  const planned = await plan({
    ...{ command: 'build', manifest, compiler, prior, version: version(), outside },
    ...options,
    sourcesExist: !store.loadsFiles,
    mayAppear: project.project.onRunStart.length > 0,
  }).finally(() => outside?.close());
  const code = isUsable ? readCodeRecord(await store.code(base.id)) : null;
  const published = new PublishedColumns(store, isUsable);
  try {
    const found = await bind(project, planned, published, store, outside?.names);
    const reasons = reasonsFor({
      manifest,
      prior,
      fingerprints: planned.fingerprints,
      ownTexts: planned.ownTexts,
      parentsOf: (node) => dataParents(node, manifest, planned.edges),
      loads: new Set(planned.load.map((node) => node.uniqueId)),
      fullRefresh: options.fullRefresh,
      code,
      vars: session.vars,
      env: session.env,
      day: session.runStartedAt.toISOString().slice(0, 10),
      otherProgram: isUsable && base.record.techstoreVersion !== version(),
    });
    const changes = new Map<string, ChangedColumns>();
    for (const { uniqueId } of planned.run) {
      const bound = found.get(uniqueId);
      const relation = prior[uniqueId]?.relation ?? null;
      const columns = bound !== undefined && 'columns' in bound ? bound.columns : undefined;
      if (columns === undefined || relation === null) continue;
      const changed = changesOf(await published.columnsOf(relation), columns);
      if (changed !== null) changes.set(uniqueId, changed);
    }
    const readers = await readersOfChanges(project, changes);
    const describe = (node: GraphNode): PlannedNode => ({
      node,
      reasons: reasons(node),
      bound: found.get(node.uniqueId) ?? null,
      columns: changes.get(node.uniqueId) ?? null,
      readers: readers.get(node.uniqueId) ?? new Map<string, Readers>(),
    });
    const nodes: PlannedNode[] = [];
    for (const source of planned.load) {
      const isNew = prior[source.uniqueId] === undefined;
      const reason = { kind: isNew ? ('new' as const) : ('data' as const), names: [] };
      nodes.push({
        node: source,
        reasons: [reason],
        bound: null,
        columns: null,
        readers: new Map(),
      });
    }
    for (const node of planned.run) nodes.push(describe(node));
    const runs = new Set(planned.run.map((node) => node.uniqueId));
    const ephemeral: PlannedNode[] = [];
    for (const [id, bound] of found) {
      const node = manifest.nodes.get(id);
      if (node === undefined || runs.has(id) || bound.kind !== 'error') continue;
      ephemeral.push({ node, reasons: [], bound, columns: null, readers: new Map() });
    }
    return {
      base: isUsable ? base : null,
      hasCode: code !== null,
      nodes,
      unchanged: planned.unchanged,
      ephemeral,
      warnings: isUsable ? mixtureOf(project.asOf, planned, base.record.asOf) : [],
    };
  } finally {
    await published.close();
  }
}

function changesOf(
  before: readonly TypedColumn[] | null,
  now: readonly TypedColumn[],
): ChangedColumns | null {
  if (before === null) return null;
  const changes = columnChanges(before, now);
  return isChanged(changes) ? changes : null;
}

/** By the unique id of the table and the name of the column. */
async function readersOfChanges(
  project: LoadedProject,
  changes: ReadonlyMap<string, ChangedColumns>,
): Promise<Map<string, Map<string, Readers>>> {
  const byTable = new Map<string, Map<string, Readers>>();
  const columns = [...changes].flatMap(([node, { lost, retyped }]) =>
    [...lost, ...retyped].map(({ name }) => ({ node, column: name })),
  );
  if (columns.length === 0) return byTable;
  const { manifest } = project;
  const lost = new Map([...changes].map(([id, change]) => [id, change.lost]));
  const found = await readersOfColumns(project, lineageGraph(project, {}), columns, lost);
  const metrics = await metricQueries();
  for (const column of columns) {
    const readers = found.get(columnKey(column));
    if (readers === undefined) continue;
    const ofTable = byTable.get(column.node) ?? new Map<string, Readers>();
    byTable.set(column.node, ofTable.set(column.column, readersOf(readers, manifest, metrics)));
  }
  return byTable;
}

/** What a build would say of tables that stay, or refuse. */
function mixtureOf(asOf: string | null, planned: Plan, earlier: string | null): string[] {
  try {
    return mixture({ asOf }, planned, earlier);
  } catch (error) {
    if (!(error instanceof TechstoreError)) throw error;
    return [`A build would refuse this: ${error.message}. ${error.hint ?? ''}`.trim()];
  }
}

async function bind(
  { manifest, project, profile }: LoadedProject,
  planned: Plan,
  published: PublishedColumns,
  store: BuildStore,
  others: readonly string[] = [],
): Promise<Map<string, BoundModel>> {
  const toBind = { ...planned, manifest };
  const common = { hooks: hooksOf(manifest, project.onRunStart), ephemerals: true, others };
  const emptyTwin = emptyTwinOf(profile);
  if (emptyTwin !== null) {
    return bindPlan(toBind, {
      ...{ ...common, emptyTwin },
      describe: (place) => published.columnsOf(place),
    });
  }
  const sources = await store.openSources();
  if (sources === null) return new Map();
  try {
    const placed = (await published.open())?.placed(manifest) ?? manifest;
    const { threads } = profile;
    return await bindOnWarehouse(toBind, { ...common, engine: sources.engine, placed, threads });
  } finally {
    await sources.close();
  }
}

/** Columns of published tables: the build is opened when they are first asked for. */
class PublishedColumns {
  readonly #store: BuildStore;
  readonly #isThere: boolean;
  #opened: OpenBuild | null = null;
  #connection: Connection | null = null;

  constructor(store: BuildStore, isThere: boolean) {
    this.#store = store;
    this.#isThere = isThere;
  }

  /** Null where nothing is published. */
  async open(): Promise<OpenBuild | null> {
    if (this.#isThere) this.#opened ??= await this.#store.open();
    return this.#opened;
  }

  /** Null where it can't be told. */
  async columnsOf(place: RelationPlace): Promise<readonly TypedColumn[] | null> {
    try {
      const opened = await this.open();
      if (opened === null) return null;
      const { engine } = opened;
      this.#connection ??= await engine.connect();
      return await columnsOfTable(this.#connection, engine.dialect, opened.relationOf(place));
    } catch (error) {
      // Somebody writes to it, or has removed the table.
      if (error instanceof TechstoreError && ['database', 'lock'].includes(error.code)) return null;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#connection?.release();
    await this.#opened?.close();
  }
}
