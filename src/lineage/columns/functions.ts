/** Functions that lineage has to know of. */

function names(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

/** Functions that bring the values of several rows together: DuckDB's, and Databricks' by their own names. */
export const aggregates = names(
  'any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last',
  'arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg avg bit_and bit_or bit_xor bitstring_agg bool_and',
  'bool_or corr count count_if count_star countif covar_pop covar_samp entropy favg first first_value fsum geomean',
  'geometric_mean group_concat histogram histogram_exact kahan_sum kurtosis kurtosis_pop last last_value list listagg',
  'mad max max_by mean median min min_by mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy',
  'regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev',
  'stddev_pop stddev_samp string_agg sum sum_no_overflow sumkahan var_pop var_samp variance wavg weighted_avg',
  'any approx_percentile array_union_agg bitmap_construct_agg bitmap_or_agg collect_list collect_set count_min_sketch',
  'every hll_sketch_agg hll_union_agg max_min_by percentile percentile_approx percentile_cont percentile_disc',
  'schema_of_json_agg some std try_avg try_sum',
);

/** Functions of which an argument `x -> …` is a lambda and not a part of JSON. */
export const lambdaFunctions = names(
  'list_transform list_apply array_transform array_apply apply list_filter array_filter filter list_reduce',
  'array_reduce reduce transform transform_keys transform_values map_filter map_zip_with zip_with exists forall any_match',
  'all_match aggregate array_sort',
);

/** Functions whose result is a list, whatever they are given: to unnest it gives one column. */
export const listFunctions = names(
  'list_value array_value list_transform list_apply array_transform list_filter array_filter string_split str_split',
  'string_to_array split string_split_regex str_split_regex regexp_split_to_array range generate_series list_sort',
  'list_distinct list_reverse array_agg list map_keys map_values regexp_extract_all list_concat list_slice',
);

/** Functions of Databricks that make several columns of one place in a SELECT list. */
export const generators = names(
  'explode explode_outer posexplode posexplode_outer inline inline_outer stack json_tuple variant_explode',
  'variant_explode_outer generate_subscripts',
);
