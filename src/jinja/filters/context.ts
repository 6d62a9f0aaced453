import type { LookupContext } from '../values/lookup.js';
import type { CallContext, HostFunction, Kwargs, Value } from '../values/value.js';

/** Filters and tests of the host. */
export interface OwnFilters {
  /** Further filters, called with the value as the first argument; they must not wait. */
  readonly filters?: ReadonlyMap<string, HostFunction>;
  /** Further tests, called like filters; the truth of their answer counts. */
  readonly tests?: ReadonlyMap<string, HostFunction>;
}

/** What a filter or test may ask of the rendering that applies it. */
export interface FilterContext extends CallContext, LookupContext {
  readonly options: OwnFilters;
  /** True when values keep their types, as in dbt's YAML files. */
  readonly native: boolean;
  /** `value | name(args)`, for the filters that apply others. */
  applyFilter(name: string, value: Value, args: readonly Value[], kwargs: Kwargs): Value;
  /** `value is name(args)`, for the filters that apply tests. */
  applyTest(name: string, value: Value, args: readonly Value[], kwargs: Kwargs): boolean;
}
