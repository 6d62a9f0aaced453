/** The project of fixtures/freshness with its tables, and what real dbt said of its sources. */
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { root, Shop } from '../helpers/shop.js';

const fixture = join(root, 'fixtures/freshness');

export interface DbtAnswers {
  readonly exit: number;
  readonly results: Readonly<
    Record<
      string,
      {
        readonly status: string;
        readonly criteria?: Criteria;
        /** Null where it depends on when dbt was asked. */
        readonly age?: number | null;
        readonly max_loaded_at?: string | null;
      }
    >
  >;
  readonly configured: Readonly<
    Record<
      string,
      {
        readonly freshness: Criteria | null;
        readonly loaded_at_field: string | null;
        readonly loaded_at_query: string | null;
      }
    >
  >;
  readonly selections: readonly {
    readonly args: readonly string[];
    readonly exit: number;
    readonly results: Readonly<Record<string, string>>;
    readonly written: boolean;
  }[];
  readonly fresher: readonly {
    readonly args: readonly string[];
    readonly exit: number;
    readonly nodes: readonly string[];
  }[];
  readonly tables: Readonly<
    Record<
      string,
      { readonly yaml: string; readonly accepted: boolean; readonly freshness: Criteria | null }
    >
  >;
}

interface Period {
  readonly count: number | null;
  readonly period: string | null;
}

export interface Criteria {
  readonly warn_after: Period | null;
  readonly error_after: Period | null;
  readonly filter: string | null;
}

export const dbt = JSON.parse(readFileSync(join(fixture, 'answers.json'), 'utf8')) as DbtAnswers;

/** dbt has null for a threshold that was switched off, and an empty one where none was written: neither counts. */
export function thresholds(criteria: Criteria | null | undefined): Criteria | null {
  const of = (period: Period | null): Period | null =>
    period === null || period.count === null || period.period === null ? null : period;
  if (criteria === null || criteria === undefined) return null;
  const [warn, error] = [of(criteria.warn_after), of(criteria.error_after)];
  if (warn === null && error === null) return null;
  return { warn_after: warn, error_after: error, filter: criteria.filter };
}

export async function loadedShop(): Promise<Shop> {
  const shop = new Shop([]);
  cpSync(join(fixture, 'project'), shop.dir, { recursive: true });
  const engine = await openDuckDB({ path: shop.path('shop.duckdb'), catalog: 'shop' });
  const connection = await engine.connect();
  await connection.run(readFileSync(join(fixture, 'setup.sql'), 'utf8'));
  await connection.release();
  await engine.close();
  return shop;
}

export interface Found {
  readonly unique_id: string;
  readonly status: string;
  readonly criteria?: Criteria;
  readonly max_loaded_at?: string;
  readonly max_loaded_at_time_ago_in_s?: number;
}

interface SourcesJson {
  readonly results: readonly Found[];
}

/** As record.py makes it: of one source older by a little, of one newer, of one nothing, of the rest the same. */
export function writeEarlier(shop: Shop, folder: string): void {
  const made = JSON.parse(shop.read('target/sources.json')) as SourcesJson;
  const id = (name: string): string => `source.shop.values.${name}`;
  const loaded: Readonly<Record<string, string>> = {
    [id('zoned')]: '2024-01-31T08:20:30.123455+00:00',
    [id('seconds')]: '2030-01-01T00:00:00+00:00',
  };
  const results = made.results
    .filter((one) => one.unique_id !== id('naive'))
    .map((one) => ({ ...one, max_loaded_at: loaded[one.unique_id] ?? one.max_loaded_at }));
  mkdirSync(shop.path(folder));
  shop.write(`${folder}/sources.json`, JSON.stringify({ ...made, results }));
}

export function foundIn(shop: Shop, file = 'target/sources.json'): readonly Found[] {
  return (JSON.parse(shop.read(file)) as { results: readonly Found[] }).results;
}
