/** The compiled metric queries as readable text. */
import { format } from 'sql-formatter';

/** Every query of an engine, by name, with its variants. */
export function compiledQueries(engine, metrics, { compileMetric, variantsOf }) {
  const compiled = {};
  for (const metric of metrics) {
    for (const [name, variant] of variantsOf(metric)) {
      compiled[name] = readable(engine, compileMetric(metric, engine, variant));
    }
  }
  return compiled;
}

/** White space is all that changes. */
function readable(engine, { sql, parameters }) {
  const text = format(sql.replaceAll(/\{(\w+)\}/g, '__$1__'), {
    language: engine === 'duckdb' ? 'duckdb' : 'spark',
    expressionWidth: 90,
    paramTypes: { positional: true, numbered: ['$'] },
  }).replaceAll(/__((?:gold|silver)_\w+?)__/g, '{$1}');
  if (text.replaceAll(/\s/g, '') !== sql.replaceAll(/\s/g, '')) {
    throw new Error(`The layout changed the query:\n${sql}\n${text}`);
  }
  return { sql: text, parameters };
}

export function compiledModule(engine, metrics, compiler) {
  const entries = Object.entries(compiledQueries(engine, metrics, compiler)).map(
    ([name, { sql, parameters }]) =>
      `${JSON.stringify(name)}: {parameters: ${JSON.stringify(parameters)}, sql: \`\n${sql.replaceAll(/[`\\]|\$\{/g, '\\$&')}\`}`,
  );
  return `/** Written by \`npm run metrics:sql\` from src/metrics/queries. Do not change it by hand. */
import type { CompiledQueries } from '../compile.js';

export const compiled: CompiledQueries = {
${entries.join(',\n')}
};
`;
}
