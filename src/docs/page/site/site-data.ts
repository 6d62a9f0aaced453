/** The documentation site as plain data: all that its page shows. It is made by src/docs and read in a browser, so nothing else is imported. */

export type SiteType =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'source'
  | 'test'
  | 'unit_test'
  | 'analysis'
  | 'exposure'
  | 'macro'
  | 'metric';

export interface SiteColumnSource {
  readonly node: string;
  readonly column: string;
  /** Null where it is not known for sure. */
  readonly how: 'direct' | 'transformed' | 'aggregated' | null;
}

export interface SiteColumn {
  readonly name: string;
  /** Null where neither the database nor the project tells it. */
  readonly type: string | null;
  /** Markdown. */
  readonly description: string;
  readonly tags?: readonly string[];
  readonly meta?: SiteMeta;
  /** `primary_key`, `check: amount > 0`. */
  readonly constraints?: readonly string[];
  /** Columns of the direct parents that its values are made of; null where that is not known. */
  readonly sources: readonly SiteColumnSource[] | null;
}

export type SiteMeta = Readonly<Record<string, unknown>>;

/** What the last command that ran a node made of it. */
export interface SiteResult {
  /** dbt's: `success`, `error`, `skipped`, `pass`, `warn`, `fail`, `no-op`. */
  readonly status: string;
  readonly message: string | null;
  /** Seconds. */
  readonly seconds: number | null;
  /** ISO 8601; null where it is not known. */
  readonly at: string | null;
  readonly failures: number | null;
  /** True where nothing had changed and the last result still holds. */
  readonly reused: boolean;
  /** Failing rows, only where samples were asked for. */
  readonly sample?: SiteRows;
}

export interface SiteRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface SiteFreshness {
  /** `pass`, `warn`, `error`, `runtime error`; null where it was not looked at. */
  readonly status: string | null;
  readonly error: string | null;
  readonly maxLoadedAt: string | null;
  readonly snapshottedAt: string | null;
  /** Seconds. */
  readonly age: number | null;
  /** `12 hours`. */
  readonly warnAfter: string | null;
  readonly errorAfter: string | null;
  readonly filter: string | null;
  readonly loadedAtField: string | null;
}

export interface SiteNode {
  /** The manifest's unique id; `metric.techstore.customers top` for a question of the program's. */
  readonly id: string;
  readonly type: SiteType;
  /** As people say it: `silver_orders`, `shop.orders` for a table of a source. */
  readonly name: string;
  readonly package: string;
  /** Inside the project. */
  readonly path: string;
  readonly line?: number;
  readonly layer: string;
  readonly tags: readonly string[];
  /** Markdown. */
  readonly description: string;
  readonly meta?: SiteMeta;
  readonly owner?: string;
  readonly group?: string;
  readonly access?: string;
  readonly materialized?: string;
  /** `"shop"."main"."orders"`. */
  readonly relation?: string;
  /** As the database names the kind. */
  readonly relationKind?: string;
  readonly rows?: number;
  readonly bytes?: number;
  /** Further figures of the database: label and value. */
  readonly stats?: readonly (readonly [label: string, value: string])[];
  /** Where the columns could not be traced in full: why. */
  readonly gap?: string;
  readonly columns?: readonly SiteColumn[];
  readonly raw?: string;
  readonly compiled?: string;
  /** Why there is no compiled SQL. */
  readonly notCompiled?: string;
  readonly parents: readonly string[];
  /** Macros that it calls. */
  readonly macros?: readonly string[];
  readonly result?: SiteResult;
  /** Rows of the table, only where samples were asked for. */
  readonly sample?: SiteRows;
  readonly freshness?: SiteFreshness;
  /** Of a source: what describes all of its tables. */
  readonly source?: {
    readonly name: string;
    readonly description: string;
    readonly loader: string;
  };
  /** Of a test: what it is written under. */
  readonly test?: {
    readonly node: string | null;
    readonly column: string | null;
    readonly kind: string;
    readonly severity: string;
    readonly arguments?: SiteMeta;
  };
  readonly unit?: {
    readonly model: string | null;
    readonly given: readonly SiteFixture[];
    readonly expect: SiteFixture;
  };
  readonly exposure?: {
    readonly type: string;
    readonly label: string | null;
    readonly maturity: string | null;
    readonly url: string | null;
    readonly email: string | null;
  };
  readonly arguments?: readonly {
    readonly name: string;
    readonly type: string | null;
    readonly description: string;
  }[];
}

export interface SiteFixture {
  readonly name: string;
  /** Rows as a table, or the text of a query or of a file. */
  readonly rows: SiteRows | null;
  readonly text: string | null;
}

export interface SiteRunEntry {
  readonly id: string;
  readonly status: string;
  readonly thread: string;
  /** Milliseconds from the start of the run; null for a node that did not run. */
  readonly start: number | null;
  readonly end: number | null;
  readonly seconds: number;
  readonly message: string | null;
  readonly failures: number | null;
  readonly rows: number | null;
  readonly reused: boolean;
}

/** The last command that ran nodes. */
export interface SiteRun {
  /** In dbt's words: `build`, `run`, `test`, `seed`. */
  readonly command: string;
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly endedAt: string;
  /** Seconds. */
  readonly elapsed: number;
  readonly invocationId: string | null;
  readonly results: readonly SiteRunEntry[];
}

export interface SiteData {
  readonly project: {
    readonly name: string;
    readonly adapter: string;
    readonly target: string;
    readonly version: string;
    /** ISO 8601. */
    readonly generatedAt: string;
    readonly asOf: string | null;
    /** The build whose tables are described; null where nothing is published. */
    readonly build: { readonly id: string; readonly publishedAt: string | null } | null;
    /** Markdown of the doc block `__overview__`; null where the project has none. */
    readonly overview: string | null;
    /** What is not known and why, as sentences. */
    readonly notes: readonly string[];
    readonly hasSamples: boolean;
  };
  readonly nodes: readonly SiteNode[];
  readonly run: SiteRun | null;
}
