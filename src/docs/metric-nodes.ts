/** The program's metrics, where the project has the tables that they read. */
import { metrics } from '../metrics/metrics.js';
import { engineQueries } from '../metrics/statement.js';
import type { SiteNode } from './page/site/site-data.js';
import type { SiteInput } from './site-input.js';

export async function metricNodes({
  manifest,
  engine,
  dialect,
}: Pick<SiteInput, 'manifest' | 'engine' | 'dialect'>): Promise<readonly SiteNode[]> {
  const models = new Map(
    [...manifest.nodes.values()].flatMap((node) =>
      node.resourceType === 'model' ? [[node.alias, node] as const] : [],
    ),
  );
  const queries = await engineQueries(engine);
  return metrics.flatMap((metric) => {
    const { sql, parameters } = queries[metric.name];
    const tables = [...new Set([...sql.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))];
    const parents = tables.map((name) => models.get(name));
    if (parents.includes(undefined)) return [];
    const known = parents.filter((parent) => parent !== undefined);
    const compiled = sql.trim().replaceAll(/\{(\w+)\}/g, (all, name: string) => {
      const model = models.get(name);
      return model === undefined ? all : dialect.renderRelation({ ...model, identifier: name });
    });
    return [
      {
        id: `metric.${manifest.projectName}.${metric.name}`,
        type: 'metric' as const,
        name: metric.name,
        package: 'techstore',
        path: '',
        layer: 'metric',
        tags: [],
        description: `${metric.description}\n\nAsk for it with \`techstore ${metric.name}\`.`,
        columns: metric.columns.map(({ name, type, description }) => ({
          name,
          type,
          description,
          sources: null,
        })),
        compiled,
        parents: known.map(({ uniqueId }) => uniqueId),
        arguments: parameters.map((name) => ({
          name,
          type: metric.parameters[name]?.kind ?? null,
          description: metric.parameters[name]?.description ?? '',
        })),
      },
    ];
  });
}
