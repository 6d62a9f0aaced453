/** What a documentation site is made of. */
import type { Dialect, EngineName } from '../engine/engine.js';
import type { LineageGraph } from '../graph/index.js';
import type { ColumnLineage } from '../lineage/index.js';
import type { Catalog } from '../manifest/catalog.js';
import type { FreshnessResult } from '../manifest/freshness.js';
import type { NodeStates } from '../manifest/node-state.js';
import type { Manifest } from '../manifest/nodes.js';
import type { LastRun } from './last-run.js';
import type { SiteRows } from './page/site/site-data.js';

export interface CompiledSql {
  readonly sql: string | null;
  /** Why there is none. */
  readonly reason: string | null;
}

export interface KeptStates {
  readonly states: NodeStates;
  /** When that build ended. */
  readonly at: Date;
}

export interface SiteInput {
  readonly manifest: Manifest;
  /** With the edges from seeds to their sources. */
  readonly graph: LineageGraph;
  readonly engine: EngineName;
  readonly dialect: Dialect;
  readonly targetName: string;
  readonly version: string;
  readonly generatedAt: Date;
  readonly asOf: string | null;
  /** Of the published build; null before the first one, and where the database is not asked. */
  readonly catalog: Catalog | null;
  readonly build: { readonly id: string; readonly publishedAt: string | null } | null;
  /** What the newest build remembers of its nodes; null where there is none. */
  readonly kept: KeptStates | null;
  readonly run: LastRun | null;
  /** Null where they were not traced. */
  readonly columns: ColumnLineage | null;
  readonly compiled: ReadonlyMap<string, CompiledSql>;
  readonly freshness: readonly FreshnessResult[];
  /** Rows of tables by unique id; null unless samples were asked for. */
  readonly samples: ReadonlyMap<string, SiteRows> | null;
  /** What is not known and why, as sentences. */
  readonly notes: readonly string[];
}
