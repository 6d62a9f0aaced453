/**
 * What property files say of resources, as typed plain data. Text may hold
 * Jinja, which is not rendered here. `place` is where the entry begins.
 */
import type { Place } from '../errors.js';
import type { ProjectWarning } from './issues.js';

export type YamlMap = Readonly<Record<string, unknown>>;

/** A generic test as written under a model, a column or a source table. */
export interface TestEntry {
  /** Name of the test's macro without its package: `not_null`. */
  readonly name: string;
  /** `dbt_utils` of `dbt_utils.accepted_range`. */
  readonly namespace: string | null;
  /** Arguments of the test, without configuration. */
  readonly arguments: YamlMap;
  /** `severity`, `where`, `tags` and the like, from `config` and from the entry itself. */
  readonly config: YamlMap;
  /** `name` of the entry: the test's own name in place of the made one. */
  readonly customName: string | null;
  readonly description: string;
  readonly place: Place;
}

export interface ConstraintProperties {
  readonly type: 'check' | 'not_null' | 'unique' | 'primary_key' | 'foreign_key' | 'custom';
  readonly name: string | null;
  readonly expression: string | null;
  readonly columns: readonly string[];
  /** `to` of a foreign key: `ref('orders')`. */
  readonly to: string | null;
  readonly toColumns: readonly string[];
  readonly warnUnenforced: boolean;
  readonly warnUnsupported: boolean;
  readonly place: Place;
}

export interface ColumnProperties {
  readonly name: string;
  readonly description: string;
  readonly dataType: string | null;
  readonly quote: boolean | null;
  readonly granularity: string | null;
  readonly meta: YamlMap;
  readonly tags: readonly string[];
  readonly config: YamlMap;
  readonly constraints: readonly ConstraintProperties[];
  readonly tests: readonly TestEntry[];
  readonly place: Place;
}

export interface DocsProperties {
  readonly show: boolean;
  readonly nodeColor: string | null;
}

/** Of a model, a seed, a snapshot, an analysis or a singular test. */
export interface NodeProperties {
  readonly name: string;
  readonly description: string;
  readonly config: YamlMap;
  readonly meta: YamlMap;
  readonly docs: DocsProperties | null;
  readonly access: string | null;
  readonly group: string | null;
  readonly quoteColumns: boolean | null;
  /** `time_spine` as written. */
  readonly timeSpine: YamlMap | null;
  /** As written: a date, or a date with its time. */
  readonly deprecationDate: string | null;
  /** Of a snapshot that is defined in YAML: what it is made from, such as `ref('orders')`. */
  readonly relation: string | null;
  readonly columns: readonly ColumnProperties[];
  readonly constraints: readonly ConstraintProperties[];
  readonly tests: readonly TestEntry[];
  readonly file: string;
  readonly place: Place;
}

export interface MacroProperties {
  readonly name: string;
  readonly description: string;
  readonly meta: YamlMap;
  readonly config: YamlMap;
  readonly docs: DocsProperties | null;
  readonly arguments: readonly {
    readonly name: string;
    readonly type: string | null;
    readonly description: string;
  }[];
  readonly file: string;
  readonly place: Place;
}

export interface FreshnessTime {
  /** Text where it is Jinja. */
  readonly count: number | string;
  readonly period: string;
}

export interface FreshnessProperties {
  /** Undefined where the file is silent, null where it says null. */
  readonly warnAfter: FreshnessTime | null | undefined;
  readonly errorAfter: FreshnessTime | null | undefined;
  readonly filter: string | null | undefined;
}

export interface LoadedAtProperties {
  /** SQL of an instant. Undefined where the file is silent, null for `loaded_at_field: null`. */
  readonly field: string | null | undefined;
  /** True where the entry itself has `loaded_at_field`, be it null: its source's query then counts no more. */
  readonly hasField: boolean;
  /** A query of one instant, with Jinja. */
  readonly query: string | null;
}

export interface QuotingProperties {
  readonly database?: boolean;
  readonly schema?: boolean;
  readonly identifier?: boolean;
  readonly column?: boolean;
}

interface SourceCommon {
  readonly name: string;
  readonly description: string;
  readonly meta: YamlMap;
  readonly tags: readonly string[];
  readonly config: YamlMap;
  readonly loadedAt: LoadedAtProperties;
  readonly quoting: QuotingProperties;
  /**
   * Of the entry, then of its `config`. Undefined where the file is silent, null for
   * `freshness: null`, which turns it off.
   */
  readonly freshness: readonly (FreshnessProperties | null | undefined)[];
  readonly place: Place;
}

export interface SourceTableProperties extends SourceCommon {
  /** Default the name. */
  readonly identifier: string;
  readonly columns: readonly ColumnProperties[];
  readonly tests: readonly TestEntry[];
}

export interface SourceProperties extends SourceCommon {
  /** `database` or its other name `catalog`; null for the target's. */
  readonly database: string | null;
  /** Default the name of the source. */
  readonly schema: string;
  readonly loader: string;
  readonly tables: readonly SourceTableProperties[];
  readonly file: string;
}

export interface ExposureProperties {
  readonly name: string;
  readonly type: string;
  readonly label: string | null;
  readonly description: string;
  readonly maturity: string | null;
  readonly url: string | null;
  readonly owner: { readonly name: string | null; readonly email: string | null };
  /** `ref('orders')`, `source('shop', 'orders')`: text to read as Jinja expressions. */
  readonly dependsOn: readonly { readonly text: string; readonly place: Place }[];
  readonly meta: YamlMap;
  readonly tags: readonly string[];
  readonly config: YamlMap;
  readonly file: string;
  readonly place: Place;
}

export type FixtureFormat = 'dict' | 'csv' | 'sql';

export interface UnitTestRowsProperties {
  readonly format: FixtureFormat;
  /** A list of rows, or text of CSV or SQL; null where a fixture file holds them. */
  readonly rows: readonly YamlMap[] | string | null;
  /** Name of the fixture file, without its extension. */
  readonly fixture: string | null;
  readonly place: Place;
}

export interface UnitTestProperties {
  readonly name: string;
  readonly model: string;
  readonly description: string;
  /** `input` is `ref('orders')`, `source(…)` or `this`. */
  readonly given: readonly (UnitTestRowsProperties & { readonly input: string })[];
  readonly expect: UnitTestRowsProperties;
  readonly overrides: {
    readonly macros: YamlMap;
    readonly vars: YamlMap;
    readonly envVars: YamlMap;
  };
  readonly config: YamlMap;
  readonly file: string;
  readonly place: Place;
}

export interface GroupProperties {
  readonly name: string;
  /** As it is written: name, email and whatever else. */
  readonly owner: Readonly<Record<string, unknown>>;
  readonly description: string | null;
  readonly config: Readonly<Record<string, unknown>>;
  readonly file: string;
  readonly place: Place;
}

/** One property file. */
export interface Properties {
  /** Inside the project. */
  readonly file: string;
  readonly models: readonly NodeProperties[];
  readonly seeds: readonly NodeProperties[];
  readonly snapshots: readonly NodeProperties[];
  readonly analyses: readonly NodeProperties[];
  /** `data_tests` (or `tests`) at the top of the file: descriptions of singular tests. */
  readonly singularTests: readonly NodeProperties[];
  readonly macros: readonly MacroProperties[];
  readonly sources: readonly SourceProperties[];
  readonly exposures: readonly ExposureProperties[];
  readonly unitTests: readonly UnitTestProperties[];
  readonly groups: readonly GroupProperties[];
  readonly warnings: readonly ProjectWarning[];
}
