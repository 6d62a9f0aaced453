/**
 * The project as data: what dbt calls the manifest. Parsing fills it, the graph
 * orders it, a run executes it, the artifacts show it. Plain data only: no file
 * is read and no database is asked from here.
 */
import type { Place } from '../errors.js';
import type { NodeConfig, Severity } from './config.js';

export type ExecutableType = 'model' | 'seed' | 'test' | 'unit_test' | 'analysis' | 'operation';
export type ResourceType = ExecutableType | 'source' | 'exposure';

export interface ColumnConstraint {
  readonly type: 'not_null' | 'unique' | 'primary_key' | 'foreign_key' | 'check' | 'custom';
  readonly name?: string;
  readonly expression?: string;
  readonly columns?: readonly string[];
  readonly warnUnenforced: boolean;
  readonly warnUnsupported: boolean;
}

export interface Column {
  readonly name: string;
  readonly description: string;
  readonly dataType: string | null;
  readonly meta: Record<string, unknown>;
  readonly tags: readonly string[];
  readonly quote: boolean | null;
  /** Of time, for the manifest alone. */
  readonly granularity?: string | null;
  readonly constraints: readonly ColumnConstraint[];
}

/** A `ref()` as written: one or two positional arguments. */
export interface RefCall {
  readonly package: string | null;
  readonly name: string;
}

/** A `source()` as written. */
export interface SourceCall {
  readonly source: string;
  readonly table: string;
}

interface Resource {
  /** `model.techstore.silver_orders`, as in dbt. */
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  /** Path inside the resource folder (`silver/silver_orders.sql`). */
  readonly path: string;
  /** Path inside the root project: `models/silver/silver_orders.sql`, `dbt_packages/tools/models/dates.sql`. */
  readonly originalFilePath: string;
  /** Folder of its package inside the root project, with a slash behind it; absent for the root project's own. */
  packageFolder?: string;
  /** Package, folders, name: what selection by path segments and dbt_project.yml match on. */
  readonly fqn: readonly string[];
  description: string;
  readonly tags: readonly string[];
  readonly meta: Record<string, unknown>;
  readonly place: Place;
}

interface Executable extends Resource {
  readonly rawCode: string;
  /** Line of the file on which `rawCode` begins; 1 unless it is a block in a larger file. */
  readonly rawCodeLine: number;
  readonly checksum: string;
  readonly config: NodeConfig;
  /** What dbt_project.yml, the property file and `config()` set, by dbt's names, Jinja as written; later ones win. */
  readonly unrenderedConfig: Record<string, unknown>;
  readonly database: string;
  readonly schema: string;
  readonly alias: string;
  columns: Record<string, Column>;
  /** Project file whose YAML describes this node, if one does. */
  readonly patchPath: string | null;
  readonly refs: RefCall[];
  readonly sources: SourceCall[];
  readonly dependsOn: { nodes: string[]; macros: string[] };
  readonly docBlocks: readonly string[];
}

export interface ModelNode extends Executable {
  readonly resourceType: 'model';
  readonly constraints: readonly ColumnConstraint[];
  readonly access: string;
  /** `time_spine` of YAML, for the manifest alone. */
  readonly timeSpine?: Readonly<Record<string, unknown>> | null;
  readonly deprecationDate?: string | null;
  /** dbt's, of columns and constraints; null unless the contract is enforced. */
  readonly contractChecksum?: string | null;
  readonly version: string | number | null;
}

export interface AnalysisNode extends Executable {
  readonly resourceType: 'analysis';
}

export interface SeedNode extends Executable {
  readonly resourceType: 'seed';
  /** Folder that `originalFilePath` is relative to. */
  readonly rootPath: string;
  /** Of the file's text without white space at its ends, as dbt has it; `checksum` is that of all bytes. */
  readonly textChecksum?: string;
}

export interface TestMetadata {
  /** Name of the generic test: `not_null`, `relationships`, one's own. */
  readonly name: string;
  readonly namespace: string | null;
  /** Arguments as YAML has them, with `model` and `column_name` as dbt adds them. */
  readonly kwargs: Record<string, unknown>;
}

/** A data test, generic (testMetadata is set) or singular. */
export interface TestNode extends Executable {
  readonly resourceType: 'test';
  readonly testMetadata: TestMetadata | null;
  readonly columnName: string | null;
  /** Unique id of the node or source the test is written under; null for a singular test. */
  readonly attachedNode: string | null;
}

type FixtureFormat = 'dict' | 'csv' | 'sql';

export interface UnitTestRows {
  readonly format: FixtureFormat;
  /** Rows (dict, csv) or a query (sql); null where neither is written: then a seed gives its own rows. */
  readonly rows: readonly Record<string, unknown>[] | string | null;
  readonly fixture: string | null;
  /** The rows as dbt keeps them, from CSV too; null for a query. */
  readonly records?: readonly Record<string, unknown>[] | null;
}

export interface UnitTestNode extends Resource {
  readonly resourceType: 'unit_test';
  /** Name of the model under test. */
  readonly model: string;
  readonly given: readonly ({ readonly input: string } & UnitTestRows)[];
  readonly expect: UnitTestRows;
  readonly overrides: {
    readonly macros: Record<string, unknown>;
    readonly vars: Record<string, unknown>;
    readonly envVars: Record<string, string>;
  };
  readonly config: NodeConfig;
  readonly schema: string;
  readonly database: string;
  readonly checksum: string;
  /** The inputs' relations by the text of `input`, filled while parsing. */
  readonly dependsOn: { nodes: string[]; macros: string[] };
}

export interface FreshnessPeriod {
  readonly count: number;
  readonly period: 'minute' | 'hour' | 'day';
}

export interface SourceNode extends Resource {
  readonly resourceType: 'source';
  readonly sourceName: string;
  readonly sourceDescription: string;
  readonly loader: string;
  readonly identifier: string;
  readonly database: string;
  readonly schema: string;
  readonly columns: Record<string, Column>;
  /** SQL of an instant in its rows. */
  readonly loadedAtField: string | null;
  /** A query of one instant, with Jinja; goes before `loadedAtField`. */
  readonly loadedAtQuery: string | null;
  readonly freshness: {
    readonly warnAfter: FreshnessPeriod | null;
    readonly errorAfter: FreshnessPeriod | null;
    readonly filter: string | null;
  } | null;
  readonly config: { enabled: boolean; eventTime?: string | null };
  /** As of models. */
  readonly unrenderedConfig?: Record<string, unknown>;
  /** The files that it is, as SQL reads them: `'data/orders.csv'`, `read_csv('…')`. dbt-duckdb's `external_location`. */
  readonly externalLocation?: string;
  /** Why nothing can be built on it here: a sentence. */
  readonly unreadable?: string;
  readonly quoting: {
    database?: boolean;
    schema?: boolean;
    identifier?: boolean;
    column?: boolean;
  };
  readonly dependsOn: { nodes: string[] };
}

export interface ExposureNode extends Resource {
  readonly resourceType: 'exposure';
  readonly label: string | null;
  readonly type: string;
  readonly maturity: string | null;
  readonly url: string | null;
  readonly owner: { readonly name: string | null; readonly email: string | null };
  readonly config: { enabled: boolean };
  readonly refs: RefCall[];
  readonly sources: SourceCall[];
  readonly dependsOn: { nodes: string[] };
}

export interface MacroEntry {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly originalFilePath: string;
  /** As of nodes. */
  readonly packageFolder?: string;
  readonly macroSql: string;
  readonly line: number;
  description: string;
  meta: Record<string, unknown>;
  arguments: {
    readonly name: string;
    readonly type: string | null;
    readonly description: string;
  }[];
  readonly dependsOn: { macros: string[] };
}

export interface DocBlock {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly originalFilePath: string;
  /** As of nodes. */
  readonly packageFolder?: string;
  readonly contents: string;
}

export type GraphNode =
  ModelNode | SeedNode | TestNode | UnitTestNode | AnalysisNode | SourceNode | ExposureNode;

/** People who own nodes together: `group` of a configuration names one. */
export interface Group {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  /** Inside its folder of models, seeds, ... */
  readonly path: string;
  readonly originalFilePath: string;
  /** As of nodes. */
  readonly packageFolder?: string;
  readonly owner: Readonly<Record<string, unknown>>;
  readonly description: string | null;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Manifest {
  readonly projectName: string;
  readonly projectRoot: string;
  readonly adapterType: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly macros: ReadonlyMap<string, MacroEntry>;
  /** By unique id. */
  readonly docs: ReadonlyMap<string, DocBlock>;
  /** Disabled nodes, for messages and the artifact. */
  readonly disabled: readonly GraphNode[];
  /** Named selections of selectors.yml, still in YAML's shape. */
  readonly selectors: ReadonlyMap<string, unknown>;
  readonly groups: readonly Group[];
}

export type { Severity };
