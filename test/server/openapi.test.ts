import Ajv from 'ajv/dist/2020.js';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Server } from '../../src/server/app.js';
import { root } from '../helpers/shop.js';
import { get, PublishedShop } from './support.js';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: Record<string, unknown>;
  }[];
  readonly responses: Record<string, { readonly content?: Record<string, { schema: object }> }>;
}

interface Description {
  readonly openapi: string;
  readonly paths: Record<string, { readonly get: Operation }>;
  readonly components: { readonly schemas: Record<string, object> };
}

const shop = new PublishedShop();
let server: Server;
let description: Description;

beforeAll(async () => {
  await shop.publish();
  server = await shop.server();
  description = (await get(server, '/openapi.json')).json();
});

afterAll(() => shop.remove());

const operations = (): [string, Operation][] =>
  Object.entries(description.paths).map(([path, item]) => [path, item.get]);

test('the description is OpenAPI 3.1 and tells of every path that there is, but for pages', () => {
  expect(description.openapi).toBe('3.1.0');
  expect(Object.keys(description.paths).sort()).toEqual([
    '/',
    '/api/builds',
    '/api/customers/segments',
    '/api/customers/segments/{segment}',
    '/api/customers/top-customers',
    '/api/customers/{id}',
    '/api/lineage',
    '/api/operations',
    '/api/products/best-sellers',
    '/api/products/low-stock',
    '/api/products/{id}',
    '/api/sales/comparison',
    '/api/sales/daily',
    '/api/sales/summary',
    '/api/sales/trends',
    '/api/sources',
    '/health',
    '/health/ready',
    '/metrics',
  ]);
});

test('every operation has a name of its own, words, a tag and an example', () => {
  const names = operations().map(([, operation]) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const [path, operation] of operations()) {
    expect(operation.summary, path).toMatch(/^[A-Z]/);
    expect(operation.description, path).toMatch(/^[A-Z].*\.$/);
    expect(operation.tags, path).toHaveLength(1);
    const json = operation.responses['200']?.content?.['application/json']?.schema;
    if (json !== undefined) expect(Object.keys(json), path).toContain('examples');
  }
});

test('every parameter says what it means, what it is when it is left out, and its range', () => {
  for (const [path, { parameters = [] }] of operations()) {
    for (const parameter of parameters) {
      const what = `${path} ${parameter.name}`;
      expect(parameter.description, what).toMatch(/^[A-Z].*\.$/);
      expect(parameter.required ?? false, what).toBe(parameter.in === 'path');
      if (parameter.schema['type'] === 'integer' && parameter.in === 'query') {
        expect(Object.keys(parameter.schema), what).toEqual(
          expect.arrayContaining(['minimum', 'maximum', 'default']),
        );
      }
    }
  }
  const limit = description.paths['/api/customers/top-customers']?.get.parameters?.find(
    ({ name }) => name === 'limit',
  );
  expect(limit?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 100, default: 10 });
  const segment = description.paths['/api/customers/segments/{segment}']?.get.parameters?.find(
    ({ name }) => name === 'segment',
  );
  expect(segment?.schema['enum']).toEqual([
    'VIP',
    'Loyal',
    'New',
    'At Risk',
    'Lost',
    'Regular',
    'Prospect',
  ]);
});

test('every error is described as a problem', () => {
  for (const [path, operation] of operations()) {
    const statuses = Object.keys(operation.responses);
    for (const status of ['400', '405', '406', '413', '414', '429', '431', '500', '503']) {
      expect(statuses, path).toContain(status);
    }
    if (!path.startsWith('/api/')) continue;
    expect(statuses, path).toEqual(expect.arrayContaining(['304', '401', '403', '422']));
    expect(operation.security, path).toEqual([]);
  }
});

test('a server with keys says which paths need one', async () => {
  const { KeyRing } = await import('../../src/server/keys/key-ring.js');
  const guarded = await shop.server({ keys: new KeyRing({ fixed: [], file: '/nowhere' }) });
  const { paths } = (await get(guarded, '/openapi.json')).json<Description>();

  for (const [path, { get: operation }] of Object.entries(paths)) {
    const needsKey = path.startsWith('/api/') || path === '/metrics';
    expect(operation.security, path).toEqual(needsKey ? [{ bearer: [] }, { apiKey: [] }] : []);
  }
  server = await shop.server();
});

test('answers are what the description says of them', async () => {
  const ajv = new Ajv.default({ strict: false, validateFormats: false });
  ajv.addSchema(description, 'description');
  const urls: Record<string, string> = {
    '/api/customers/{id}': '/api/customers/1',
    '/api/products/{id}': '/api/products/10',
    '/api/customers/segments/{segment}': '/api/customers/segments/VIP',
  };
  for (const [path, operation] of operations()) {
    const schema = operation.responses['200']?.content?.['application/json']?.schema;
    if (schema === undefined) continue;
    const resolved = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components/', '"description#/components/'),
    ) as object;
    const answer = await get(server, urls[path] ?? path);
    expect(answer.statusCode, path).toBe(200);
    const validate = ajv.compile(resolved);
    expect(validate(answer.json()), `${path} ${JSON.stringify(validate.errors)}`).toBe(true);
    for (const example of (schema as { examples?: unknown[] }).examples ?? []) {
      expect(validate(example), `example of ${path} ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  }
});

describe('a TypeScript client', () => {
  test('can be made of it, and knows paths, parameters and columns', async () => {
    const ast = await openapiTS(description as never);
    const scratch = join(root, '.cache');
    mkdirSync(scratch, { recursive: true });
    const dir = mkdtempSync(join(scratch, 'client-'));
    try {
      writeFileSync(join(dir, 'api.ts'), astToString(ast));
      writeFileSync(
        join(dir, 'use.ts'),
        `import type { paths, components } from './api.js';
type Top = paths['/api/customers/top-customers']['get'];
type Row = Top['responses']['200']['content']['application/json'][number];
export const value = (row: Row): number => row.customer_lifetime_value;
export const city = (row: Row): string | null => row.city;
export const query: NonNullable<Top['parameters']['query']> = { limit: 5, format: 'csv' };
// @ts-expect-error there is no such segment
export const wrong: paths['/api/customers/segments/{segment}']['get']['parameters']['path'] = { segment: 'Foo' };
export const problem: components['schemas']['Problem'] = { title: 'a', status: 404, detail: 'b', errors: [] };
`,
      );
      const checked = spawnSync(process.execPath, [
        join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
        ...['--strict', '--noEmit', '--module', 'nodenext', '--moduleResolution', 'nodenext'],
        ...['--target', 'es2023', '--ignoreConfig', join(dir, 'use.ts')],
      ]);
      expect(checked.status, checked.stdout.toString()).toBe(0);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

test("the project's exposure names the endpoints that read its tables", () => {
  const exposures = parse(readFileSync(join(root, 'models', 'exposures.yml'), 'utf8')) as {
    exposures: { name: string; meta?: { endpoints?: string[] } }[];
  };
  const named = exposures.exposures.find(({ name }) => name === 'rest_api')?.meta?.endpoints;
  const aboutTheServer = ['/api/builds', '/api/lineage', '/api/sources'];
  const served = Object.keys(description.paths)
    .filter((path) => path.startsWith('/api/') && !aboutTheServer.includes(path))
    .map((path) => `GET ${path}`);
  expect(named).toEqual(served.sort());
});
