/** Binds the models of a planned run. */
import { TechstoreError } from '../errors.js';
import type { TracingDatabase, TypedColumn } from '../lineage/index.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { GraphNode, Manifest, ModelNode } from '../manifest/nodes.js';
import { bindModels, type Bound } from './bind.js';
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
  describe(place: RelationPlace): Promise<readonly TypedColumn[] | null>;
  /** SQL that runs before the models or beside them. */
  readonly hooks: readonly string[];
  readonly fileOf?: (model: ModelNode) => string;
}

/** By unique id, of models that run and of the ephemeral ones that they read, parents before children. */
export async function bindPlan(
  { manifest, order, run, load, carry, ownTexts }: PlanToBind,
  { emptyTwin, describe, ...options }: BindPlanOptions,
): Promise<Map<string, Bound>> {
  const runs = new Set(run.map((node) => node.uniqueId));
  const models = modelsToBind(manifest, order, runs);
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

/** The error of a model that runs. An ephemeral one has no result of its own: what reads it has its error. */
export function errorOf(
  id: string,
  found: ReadonlyMap<string, Bound>,
  runs: ReadonlySet<string>,
): TechstoreError | null {
  const bound = found.get(id);
  if (bound?.kind === 'error') return bound.error;
  if (bound?.kind !== 'below' || runs.has(bound.because)) return null;
  const above = found.get(bound.because);
  return above?.kind === 'error' ? above.error : null;
}
