/** Binds the models of a planned run. */
import type { Engine } from '../engine/engine.js';
import type { TracingDatabase, TypedColumn } from '../lineage/index.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { GraphNode, Manifest, ModelNode } from '../manifest/nodes.js';
import { bindModels, type BindOptions, type BoundModel } from './bind.js';
import { InMemory } from './in-memory.js';
import { columnsBefore, tablesOfWarehouse } from './known-columns.js';
import { modelsToBind } from './models-to-bind.js';
import type { OwnText } from './own-text.js';
import { TypedNulls } from './typed-nulls.js';

/** A DuckDB in memory whose catalog has the name of the target's. */
export type EmptyTwin = TracingDatabase & { close(): Promise<void> };

export interface PlanToBind {
  readonly manifest: Manifest;
  /** Every node's id, parents before children. */
  readonly order: readonly string[];
  readonly run: readonly GraphNode[];
  readonly load: readonly GraphNode[];
  /** Tables of the earlier build that stay, by the id of their node. */
  readonly carry: ReadonlyMap<string, { readonly relation: RelationPlace | null }>;
  readonly ownTexts: ReadonlyMap<string, OwnText>;
}

export interface BindPlanOptions {
  /** SQL that runs before the models or beside them. */
  readonly hooks: readonly string[];
  /** Names of tables of other programs, in lower case. Default none. */
  readonly others?: readonly string[];
  /** True to look at ephemeral models by themselves. Else what reads one has its errors too. Default false. */
  readonly ephemerals?: boolean;
  readonly fileOf?: (model: ModelNode) => string;
}

export interface TwinOptions {
  readonly emptyTwin: () => Promise<EmptyTwin>;
  /** Columns of a table of the earlier build; null where nobody knows. */
  readonly describe: (place: RelationPlace) => Promise<readonly TypedColumn[] | null>;
}

export interface WarehouseOptions {
  /** The warehouse, in which sources exist. */
  readonly engine: Pick<Engine, 'connect' | 'dialect'>;
  /** The manifest, with the nodes that do not run where they are. */
  readonly placed: Manifest;
  readonly threads: number;
}

/** By unique id, of models that run and of the ephemeral ones that they read, parents before children. */
export async function bindPlan(
  planned: PlanToBind,
  options: BindPlanOptions & TwinOptions,
): Promise<Map<string, BoundModel>> {
  const { manifest, load, carry } = planned;
  const { emptyTwin, describe } = options;
  const common = commonOf(planned, options);
  if (common.models.length === 0) return new Map();
  const twin = await emptyTwin();
  try {
    return await bindModels({
      ...common,
      tableOf: columnsBefore({
        ...{ manifest, runs: runsOf(planned), carry, describe },
        loads: new Set(load.map((node) => node.uniqueId)),
      }),
      database: new InMemory(twin),
    });
  } finally {
    await twin.close();
  }
}

/** The same on the warehouse, for a target whose SQL no database on this machine speaks. */
export async function bindOnWarehouse(
  planned: PlanToBind,
  options: BindPlanOptions & WarehouseOptions,
): Promise<Map<string, BoundModel>> {
  const { engine, placed, threads } = options;
  const common = commonOf(planned, options);
  if (common.models.length === 0) return new Map();
  return bindModels({
    ...common,
    tableOf: tablesOfWarehouse({ manifest: placed, runs: runsOf(planned), engine }),
    database: new TypedNulls(engine, planned.manifest, { threads }),
  });
}

function runsOf({ run }: PlanToBind): ReadonlySet<string> {
  return new Set(run.map((node) => node.uniqueId));
}

function commonOf(
  planned: PlanToBind,
  { ephemerals = false, hooks, others = [], fileOf }: BindPlanOptions,
): Pick<BindOptions, 'manifest' | 'models' | 'compilationOf' | 'hooks' | 'others' | 'fileOf'> {
  const { manifest, order, run, ownTexts } = planned;
  return {
    manifest,
    models: ephemerals
      ? modelsToBind(manifest, order, runsOf(planned))
      : run.filter((node) => node.resourceType === 'model'),
    compilationOf: (model) => ownTexts.get(model.uniqueId)?.compilation ?? { kind: 'asks' },
    ...{ hooks, others },
    ...(fileOf === undefined ? {} : { fileOf }),
  };
}
