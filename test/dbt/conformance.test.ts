/**
 * What real dbt makes of each template of fixtures/dbt/cases: its answers were stored by
 * fixtures/dbt/record.py, which `npm run test:dbt` runs again.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { load, type LoadedProject } from '../../src/cli/load.js';
import { silentLogger } from '../../src/dbt/logger.js';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';
import { TechstoreError } from '../../src/errors.js';
import type { ModelNode } from '../../src/manifest/nodes.js';
import { backendOf } from '../../src/run/node-run.js';

const fixtures = fileURLToPath(new URL('../../fixtures/dbt', import.meta.url));
interface Answered {
  readonly template: string;
  readonly answer: string | null;
}

/** The cases of each file of fixtures/dbt/cases, and the names of their models. */
const files = readdirSync(join(fixtures, 'answers')).map((file) => {
  const topic = file.replace('.json', '');
  const answers = JSON.parse(readFileSync(join(fixtures, 'answers', file), 'utf8')) as Answered[];
  return { topic, answers: answers.map((given, i) => ({ ...given, name: nameOf(topic, i) })) };
});

function nameOf(topic: string, index: number): string {
  return `${topic.replaceAll('-', '_')}_${String(index).padStart(3, '0')}`;
}

/** As record.py writes it. */
function model(template: string): string {
  const parsed = template.startsWith('parse: ');
  const text = parsed
    ? template.slice('parse: '.length)
    : `{%- if execute -%}${template}{%- endif -%}`;
  const refs = ['t', 'v', 's', 'odd', ...(template.includes("ref('e')") ? ['e'] : [])];
  const sources = template.includes("source('raw', '") ? ['table_a', 'unquoted'] : [];
  const depends = [
    ...refs.map((name) => `{{ ref('${name}') }}`),
    ...sources.map((name) => `{{ source('raw', '${name}') }}`),
  ].join('');
  return `{%- set answer -%}${text}{%- endset -%}\n-- depends_on: ${depends}\nselect '{{ answer | replace("'", "''") }}' as answer\n`;
}

let dir: string;
let project: LoadedProject;
let engine: DuckDBEngine;
let connection: Connection;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'techstore-conformance-'));
  cpSync(join(fixtures, 'project'), dir, { recursive: true });
  const cases = join(dir, 'models', 'cases');
  mkdirSync(cases);
  for (const { name, template } of files.flatMap(({ answers }) => answers)) {
    writeFileSync(join(cases, `${name}.sql`), model(template));
  }
  vi.stubEnv('DBT_CASES_VALUE', 'from outside');
  vi.stubEnv('DBT_CASES_NUMBER', '5');
  project = load('run', { projectDir: dir }, silentLogger);
  // What `dbt run -s path:models/cases` selects.
  for (const { name } of files.flatMap(({ answers }) => answers)) {
    project.session.selected?.add(`model.corpus.${name}`);
  }
  engine = await openDuckDB({ path: join(dir, 'corpus.duckdb') });
  connection = await engine.connect();
  await connection.run(
    "create schema main_Extra; create table main.s as select * from (values (1::integer, 'a'), (2, 'b')) as t(id, name)",
  );
  for (const base of ['t', 'v', 'odd']) {
    const node = nodeOf(base);
    const { sql } = await project.compiler.compile(node, { backend: null });
    const kind = node.config.materialized;
    const relation = engine.dialect.renderRelation({ ...node, identifier: node.alias });
    await connection.run(`create ${kind} ${relation} as ${sql}`);
  }
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

function nodeOf(of: string): ModelNode {
  const node = project.manifest.nodes.get(`model.corpus.${of}`);
  if (node?.resourceType !== 'model') throw new Error(`no model ${of}`);
  return node;
}

describe.each(files)('$topic: a template prints what it prints in dbt', ({ answers }) => {
  it.each(answers)('$template', async ({ answer, name }) => {
    const compiled = await project.compiler
      .compile(nodeOf(name), { backend: backendOf(connection) })
      .catch((error: unknown) => {
        expect(error).toBeInstanceOf(TechstoreError);
        return null;
      });
    const text = /^select '(.*)' as answer$/ms.exec(compiled?.sql ?? '')?.[1];
    expect(text?.replaceAll("''", "'") ?? null).toBe(answer);
  });
});
