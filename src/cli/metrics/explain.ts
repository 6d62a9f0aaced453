/** `--explain`: the SQL of an answer and its parameters. No database is opened. */
import { engineNamed } from '../../engine/engines.js';
import { visible } from '../../format/visible.js';
import type { Metric } from '../../metrics/metric.js';
import type { Values } from '../../metrics/parameters.js';
import { statementOf } from '../../metrics/statement.js';
import type { Profile } from '../../project/index.js';

/** @param json an object, or an array where there are several statements; else SQL with comments */
export async function explain(
  of: readonly Metric[],
  values: Values,
  { target, targetName }: Profile,
  json: boolean,
): Promise<string> {
  const statements = await Promise.all(
    of.map(async (metric) => {
      const { sql, params, names } = await statementOf(metric, target.type, target, values);
      return {
        metric: metric.name,
        engine: target.type,
        target: targetName,
        sql,
        parameters: params.map((value, i) => ({ name: names[i] ?? '', value })),
      };
    }),
  );
  if (json) {
    return `${JSON.stringify(statements.length === 1 ? statements[0] : statements, null, 2)}\n`;
  }
  return statements
    .map(({ metric, engine, target: name, sql, parameters }) => {
      const { dialect } = engineNamed(engine);
      const bound = parameters.map(
        (parameter, i) =>
          `-- ${dialect.placeholder(i + 1)} ${parameter.name} = ${JSON.stringify(parameter.value)}\n`,
      );
      return visible(`-- ${metric}, ${engine}, target ${name}\n${sql};\n${bound.join('')}`);
    })
    .join('\n');
}
