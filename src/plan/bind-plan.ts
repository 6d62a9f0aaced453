/** Binds the models of a planned run. */
import type { TracingDatabase, TypedColumn } from '../lineage/index.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { GraphNode, Manifest, ModelNode } from '../manifest/nodes.js';
import { bindModels, type BoundModel } from './bind.js';
import { columnsBefore } from './known-columns.js';
import { modelsToBind } from './models-to-bind.js';
import type { OwnText } from './own-text.js';

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
  readonly emptyTwin: () => Promise<EmptyTwin>;
  /** Columns of a table of the earlier build; null where nobody knows. */
  readonly describe: (place: RelationPlace) => Promise<readonly TypedColumn[] | null>;
  /** SQL that runs before the models or beside them. */
  readonly hooks: readonly string[];
  /** Names of tables of other programs, in lower case. Default none. */
  readonly others?: readonly string[];
  /** True to look at ephemeral models by themselves. Else what reads one has its errors too. Default false. */
  readonly ephemerals?: boolean;
  readonly fileOf?: (model: ModelNode) => string;
}

/** By unique id, of models that run and of the ephemeral ones that they read, parents before children. */
export async function bindPlan(
  { manifest, order, run, load, carry, ownTexts }: PlanToBind,
  { emptyTwin, describe, ephemerals = false, ...options }: BindPlanOptions,
): Promise<Map<string, BoundModel>> {
  const runs = new Set(run.map((node) => node.uniqueId));
  const models = ephemerals
    ? modelsToBind(manifest, order, runs)
    : run.filter((node) => node.resourceType === 'model');
  if (models.length === 0) return new Map();
  const twin = await emptyTwin();
  try {
    return await bindModels({
      ...{ manifest, models, ...options },
      compilationOf: (model) =>
        Promise.resolve(ownTexts.get(model.uniqueId)?.compilation ?? { kind: 'asks' }),
      columnsOf: columnsBefore({
        ...{ manifest, runs, carry, describe },
        loads: new Set(load.map((node) => node.uniqueId)),
      }),
      connect: () => Promise.resolve(twin),
    });
  } finally {
    await twin.close();
  }
}
