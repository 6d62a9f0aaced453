/**
 * Bound parameters are Databricks' own addition to the protocol. Spark binds them in
 * EXECUTE IMMEDIATE, with the same markers: `?` and `:name`.
 */
export interface SparkParameter {
  readonly name?: string | null;
  readonly type?: string | null;
  readonly value?: { readonly stringValue?: string | null } | null;
}

export function withParameters(sql: string, parameters: readonly SparkParameter[]): string {
  if (parameters.length === 0) return sql;
  const values = parameters.map((parameter) => {
    const value = literal(parameter);
    return parameter.name ? `${value} AS ${parameter.name}` : value;
  });
  return `EXECUTE IMMEDIATE ${quoted(sql)} USING ${values.join(', ')}`;
}

/** Spark takes literals only there, and no casts. */
function literal({ type, value }: SparkParameter): string {
  const text = value?.stringValue;
  if (text === null || text === undefined) return 'NULL';
  switch (type?.replace(/\(.*/, '')) {
    case 'INT':
    case 'BOOLEAN':
      return text;
    case 'BIGINT':
      return `${text}L`;
    case 'DOUBLE':
      return `${text}D`;
    case 'DECIMAL':
      return `${text}BD`;
    case 'STRING':
      return quoted(text);
    default:
      throw new Error(`parameters of type ${type} are not known here`);
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
