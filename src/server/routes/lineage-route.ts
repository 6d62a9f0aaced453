/** `/api/lineage`: what the tables of the served build are made of. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { around, edgesAmong } from '../../lineage/index.js';
import { metaOf, metaSchema } from '../answer/envelope.js';
import { respond } from '../answer/respond.js';
import type { ServerContext } from '../context.js';
import { Problem } from '../http/problem.js';
import * as examples from '../openapi/examples.js';
import { choice, flag, name, wholeNumber } from '../openapi/inputs.js';
import { dataErrors } from '../openapi/operation.js';

const types = ['seed', 'source', 'model', 'exposure', 'analysis', 'test', 'unit_test'] as const;

const nodeSchema = z.strictObject({
  unique_id: z.string().meta({ description: "dbt's unique_id" }),
  name: z.string().meta({ description: 'Name; a source has the name `source.table`' }),
  resource_type: z.enum(types).meta({ description: 'Resource type' }),
  layer: z.string().meta({ description: 'bronze, silver or gold; otherwise the resource type' }),
  tags: z.array(z.string()).meta({ description: 'Tags' }),
  materialized: z.string().nullable().meta({
    description:
      'Materialization, such as table, view, incremental or seed; null for resources without one',
  }),
  description: z.string().meta({ description: 'Description; may be empty' }),
  path: z.string().meta({ description: 'Path of its file in the project' }),
});

const edgeSchema = z.strictObject({
  from: z.string().meta({ description: 'unique_id of the parent' }),
  to: z.string().meta({ description: 'unique_id of the child' }),
  direct: z.boolean().meta({
    description: 'False if the edge stands for a path through nodes that this answer omits',
  }),
});

const lineageSchema = z.strictObject({
  nodes: z.array(nodeSchema).meta({ description: 'Parents before children' }),
  edges: z.array(edgeSchema).meta({ description: 'Edges from parent to child' }),
});

type Lineage = z.infer<typeof lineageSchema>;

const inputs = z.object({
  node: name(
    'only the node with this name (`gold_sales_metrics`, `techstore.orders` for a source table) or unique_id, with its ancestors and descendants',
  ).optional(),
  direction: choice('direction from that node', ['both', 'upstream', 'downstream']).default('both'),
  depth: wholeNumber('maximum distance from that node', [1, 100], 100),
  tests: flag('tests too'),
  exposures: flag('exposures too'),
});

interface Asked {
  readonly node?: string;
  readonly direction: 'both' | 'upstream' | 'downstream';
  readonly depth: number;
  readonly tests: boolean;
  readonly exposures: boolean;
}

export function addLineageRoute(app: FastifyInstance, context: ServerContext): void {
  app.get(
    '/api/lineage',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'lineage',
        tags: ['operations'],
        summary: 'Lineage',
        description:
          'Lineage of the served build: its sources, seeds and models, and the edges between them, as the build recorded them. Later changes of the project have no effect.',
        querystring: inputs,
        response: {
          200: {
            description: 'The lineage.',
            content: {
              'application/json': {
                schema: z
                  .strictObject({ data: lineageSchema, meta: metaSchema })
                  .meta({ examples: [{ data: examples.lineage, meta: examples.meta }] }),
              },
            },
          },
        },
        'x-errors': dataErrors([404]),
      },
    },
    async (request, reply) => {
      const asked = request.query as Asked;
      return respond(context, request, reply, {
        name: 'lineage',
        values: asked,
        formats: ['json'],
        format: undefined,
        from: null,
        compute: async (asking) => {
          const data = partOf(await recorded(context, asking.build.facts.id), asked);
          const meta = metaOf(context, asking, null);
          return { json: () => ({ data, meta }), rows: null, nextPage: null };
        },
      });
    },
  );
}

async function recorded({ store }: ServerContext, build: string): Promise<Lineage> {
  const parsed = lineageSchema.safeParse(await store.lineage(build));
  if (parsed.success) return parsed.data;
  throw new Problem(
    404,
    'The served build has no recorded lineage. The next build will record it.',
  );
}

function partOf({ nodes, edges }: Lineage, asked: Asked): Lineage {
  const order = nodes.map(({ unique_id: id }) => id);
  const focus = asked.node === undefined ? null : focusOf(nodes, asked.node);
  const near = focus === null ? null : around(graphOf(edges), focus.unique_id, reachOf(asked));
  const wanted = new Set<string>(['seed', 'source', 'model']);
  if (asked.exposures) wanted.add('exposure');
  if (asked.tests) wanted.add('test').add('unit_test');
  if (focus !== null) wanted.add(focus.resource_type);
  const kept = nodes.filter(
    ({ unique_id: id, resource_type: type }) => wanted.has(type) && (near?.has(id) ?? true),
  );
  const ids = new Set(kept.map(({ unique_id: id }) => id));
  return { nodes: kept, edges: edgesAmong(order, edges, ids) };
}

/** A model before a seed, a seed before what has no table. */
function focusOf(nodes: Lineage['nodes'], name: string): Lineage['nodes'][number] {
  const order = ['model', 'seed', 'source', 'exposure', 'analysis', 'test', 'unit_test'];
  const found =
    nodes.find((node) => node.unique_id === name) ??
    nodes
      .filter((node) => node.name === name)
      .sort((a, b) => order.indexOf(a.resource_type) - order.indexOf(b.resource_type))[0];
  if (found !== undefined) return found;
  throw new Problem(404, 'No node in the lineage of the served build has this name.');
}

function reachOf({ direction, depth }: Asked): Parameters<typeof around>[2] {
  return { upstream: direction !== 'downstream', downstream: direction !== 'upstream', depth };
}

function graphOf(edges: Lineage['edges']): Parameters<typeof around>[0] {
  const up = new Map<string, string[]>();
  const down = new Map<string, string[]>();
  for (const { from, to } of edges) {
    up.set(to, [...(up.get(to) ?? []), from]);
    down.set(from, [...(down.get(from) ?? []), to]);
  }
  return { parents: (id) => up.get(id) ?? [], children: (id) => down.get(id) ?? [] };
}
