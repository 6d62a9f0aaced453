import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { expectProblem, get, PublishedShop, smallLineage } from './support.js';

const shop = new PublishedShop();
let build: string;
let server: Server;

beforeAll(async () => {
  build = await shop.publish();
  server = await shop.server();
});

afterAll(() => shop.remove());

interface Answer {
  readonly data: {
    readonly nodes: readonly { readonly unique_id: string }[];
    readonly edges: readonly {
      readonly from: string;
      readonly to: string;
      readonly direct: boolean;
    }[];
  };
  readonly meta: object;
}

async function ask(query: string): Promise<Answer> {
  const answer = await get(server, `/api/lineage${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Answer>();
}

/** Ids without `.shop.`, and edges as `from > to`; those that are not direct with a dot. */
async function graph(query: string): Promise<{ nodes: string; edges: string[] }> {
  const { data } = await ask(query);
  const short = (id: string): string => id.replace('.shop.', ':');
  return {
    nodes: data.nodes.map((node) => short(node.unique_id)).join(' '),
    edges: data.edges.map(({ from, to, direct }) =>
      [short(from), direct ? '>' : '·>', short(to)].join(' '),
    ),
  };
}

const tables = 'seed:sales source:raw.sales model:clean model:sales model:apart';
const chain = ['seed:sales > source:raw.sales', 'source:raw.sales > model:clean'];

describe('Lineage', () => {
  test('is that of the tables, as the served build recorded it', async () => {
    const { data, meta } = await ask('');

    expect(data.nodes).toEqual(smallLineage.nodes.slice(0, 5));
    expect(data.edges).toEqual(smallLineage.edges.slice(0, 3));
    expect(meta).toEqual({
      build,
      as_of: '2024-12-02',
      target: 'dev',
      next_page: null,
      continued_from: null,
    });
  });

  test('has tests and exposures where they are asked for', async () => {
    expect((await graph('?tests=true')).nodes).toBe(`${tables} test:same_total`);
    expect((await graph('?exposures=true&tests=false')).nodes).toBe(`${tables} exposure:report`);
    expect((await graph('?exposures=true&tests=true')).edges).toHaveLength(6);
  });

  test('of one node is what it is made of and what is made of it', async () => {
    expect(await graph('?node=clean')).toEqual({
      nodes: 'seed:sales source:raw.sales model:clean model:sales',
      edges: [...chain, 'model:clean > model:sales'],
    });
    expect((await graph('?node=apart')).nodes).toBe('model:apart');
  });

  test('goes one way, and so many steps', async () => {
    expect((await graph('?node=clean&direction=upstream')).edges).toEqual(chain);
    expect((await graph('?node=clean&direction=downstream')).nodes).toBe('model:clean model:sales');
    expect((await graph('?node=clean&direction=upstream&depth=1')).nodes).toBe(
      'source:raw.sales model:clean',
    );
    expect((await graph('?node=source.shop.raw.sales&depth=1')).edges).toEqual([
      'seed:sales > source:raw.sales',
      'source:raw.sales > model:clean',
    ]);
  });

  test('takes a model before a seed of the same name, and any unique id', async () => {
    expect((await graph('?node=sales&direction=downstream')).nodes).toBe('model:sales');
    expect((await graph('?node=seed.shop.sales&depth=1')).nodes).toBe(
      'seed:sales source:raw.sales',
    );
  });

  test('of a test says what it looks at', async () => {
    expect(await graph('?node=same_total&depth=1')).toEqual({
      nodes: 'model:clean model:sales test:same_total',
      edges: [
        'model:clean > model:sales',
        'model:clean > test:same_total',
        'model:sales > test:same_total',
      ],
    });
  });

  test('has a tag that holds until another build is served', async () => {
    const first = await get(server, '/api/lineage');
    const again = await get(server, '/api/lineage', {
      headers: { 'if-none-match': String(first.headers['etag']) },
    });

    expect(first.headers['x-build']).toBe(build);
    expect(again.statusCode).toBe(304);
  });

  test('of a node that there is not is not found', async () => {
    for (const name of ['nothing', 'SALES', '__proto__', '%00', 'a'.repeat(200)]) {
      expectProblem(await get(server, `/api/lineage?node=${name}`), 404);
    }
  });

  test.each([
    ['node=', 'node'],
    [`node=${'a'.repeat(201)}`, 'node'],
    ['node=a&node=b', 'node'],
    ['direction=sideways', 'direction'],
    ['tests=yes', 'tests'],
    ['exposures=', 'exposures'],
  ])('with ?%s is refused', async (query, name) => {
    expectProblem(await get(server, `/api/lineage?${query}`), 422, { names: [name] });
  });
});

test.each([
  ['recorded none', null],
  ['recorded something else', { nodes: [{ id: 1 }], edges: [] }],
])('Lineage of a build that %s is not found', async (_what, lineage) => {
  const other = new PublishedShop();
  try {
    await other.publish(undefined, lineage);
    expectProblem(await get(await other.server(), '/api/lineage'), 404);
  } finally {
    await other.remove();
  }
});

test('Lineage is that of the new build as soon as it is served', async () => {
  const other = new PublishedShop();
  try {
    await other.publish();
    const { store, app } = await other.server();
    const count = async (): Promise<number> =>
      (await get({ app }, '/api/lineage')).json<Answer>().data.nodes.length;
    const before = await count();
    await other.publish(undefined, { nodes: smallLineage.nodes.slice(0, 3), edges: [] });
    await store.refresh();

    expect([before, await count()]).toEqual([5, 3]);
  } finally {
    await other.remove();
  }
});
