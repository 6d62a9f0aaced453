/**
 * Bound parameters are Databricks' own addition to the protocol. Spark has them in EXECUTE
 * IMMEDIATE alone, which finds none in a WITH: here each marker becomes a literal of its type.
 */
export interface SparkParameter {
  readonly name?: string | null;
  readonly type?: string | null;
  readonly value?: { readonly stringValue?: string | null } | null;
}

/** What is no code, then the two markers; a second colon makes a cast, and a word before one a path. */
const TOKENS =
  /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|::|[\w)\]]:\w+|:([a-z_]\w*)|(\?)/gis;

export function withParameters(sql: string, parameters: readonly SparkParameter[]): string {
  if (parameters.length === 0) return sql;
  const used = new Set<SparkParameter>();
  let position = 0;
  const bound = sql.replace(TOKENS, (token, name?: string, mark?: string) => {
    if (name === undefined && mark === undefined) return token;
    const parameter =
      mark === undefined ? parameters.find((one) => one.name === name) : parameters[position++];
    if (parameter === undefined) throw new Error(`nothing is bound to ${token}`);
    used.add(parameter);
    return literal(parameter);
  });
  if (used.size !== parameters.length) throw new Error('more is bound than the statement has');
  return bound;
}

function literal({ type, value }: SparkParameter): string {
  const text = value?.stringValue;
  if (text === null || text === undefined) return 'NULL';
  switch (type?.replace(/\(.*/, '')) {
    case 'INT':
    case 'BOOLEAN':
      return `(${text})`;
    case 'BIGINT':
      return `(${text}L)`;
    case 'DOUBLE':
      return `(${text}D)`;
    case 'DECIMAL':
      return `(${text}BD)`;
    case 'STRING':
      return quoted(text);
    default:
      throw new Error(`parameters of type ${type} are not known here`);
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
