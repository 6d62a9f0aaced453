/** The compiled metric queries as readable text. */
import { format } from 'sql-formatter';

/** @typedef {typeof import('../../src/metrics/compile.js')} Compiler */
/** @typedef {Parameters<Compiler['compileMetric']>[0]} QueriedMetric */
/** @typedef {Parameters<Compiler['compileMetric']>[1]} Engine */
/** @typedef {ReturnType<Compiler['compileMetric']>} Compiled */

/**
 * Every query of an engine, by name, with its variants.
 * @param {Engine} engine
 * @param {readonly QueriedMetric[]} metrics
 * @param {Compiler} compiler
 */
export function compiledQueries(engine, metrics, { compileMetric, variantsOf }) {
  /** @type {Record<string, Compiled>} */
  const compiled = {};
  for (const metric of metrics) {
    for (const [name, variant] of variantsOf(metric)) {
      compiled[name] = readable(engine, compileMetric(metric, engine, variant));
    }
  }
  return compiled;
}

/**
 * White space is all that changes.
 * @param {Engine} engine
 * @param {Compiled} compiled
 * @returns {Compiled}
 */
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

/**
 * @param {Engine} engine
 * @param {readonly QueriedMetric[]} metrics
 * @param {Compiler} compiler
 * @returns {string} a module of TypeScript
 */
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
