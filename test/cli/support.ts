/** A project of six nodes that builds in a moment, copies of it, and what every refusal has in common. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { bareEnvironment, program, Shop, type Finished } from '../helpers/shop.js';

export const smallProject: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: small
profile: small
vars:
  least: 0
seeds:
  small:
    +schema: raw
`,
  'profiles.yml': `small:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: techstore.duckdb
      schema: main
      threads: 2
`,
  'macros/names.sql': `{% macro generate_schema_name(name, node) %}{{ name or target.schema }}{% endmacro %}
`,
  'seeds/people.csv': `id,name,born,spent
1,Ada,1815-12-10,12.50
2,Grace,1906-12-09,7.25
3,Edsger,1930-05-11,0.00
`,
  'models/sources.yml': `sources:
  - name: raw
    tables:
      - name: people
        columns:
          - {name: id, data_type: bigint}
          - {name: name, data_type: text}
          - {name: born, data_type: date}
          - {name: spent, data_type: "decimal(10,2)"}
`,
  'models/clean.sql': `{{ config(materialized='table') }}
select id, name, born, spent
from {{ source('raw', 'people') }}
`,
  'models/spenders.sql': `{{ config(materialized='table') }}
select name, spent
from {{ ref('clean') }}
where spent > {{ var('least') }}
`,
  'models/apart.sql': `{{ config(materialized='table') }}
select 42 as answer
`,
  'models/models.yml': `models:
  - name: clean
    description: People as they are
    config:
      persist_docs: {relation: true, columns: true}
    columns:
      - name: id
        description: The key
        data_tests: [unique, not_null]
  - name: spenders
    columns:
      - name: name
        data_tests: [not_null]
`,
};

/** Writes the files of a project, with some of them changed or added. */
export function smallShop(changed: Readonly<Record<string, string>> = {}): Shop {
  const shop = new Shop([]);
  for (const [file, text] of Object.entries({ ...smallProject, ...changed })) add(shop, file, text);
  return shop;
}

/** Writes a file, with the folders above it. */
export function add(shop: Shop, file: string, text: string | Buffer): void {
  mkdirSync(dirname(shop.path(file)), { recursive: true });
  shop.write(file, text);
}

/** The same with a published build. */
export function built(shop: Shop = smallShop()): Shop {
  succeeds(shop.run('build'));
  return shop;
}

/** Builds included: the published file stays one file with its kept build. */
export function copyOf(shop: Shop): Shop {
  const copy = new Shop([]);
  execFileSync('cp', ['-a', `${shop.dir}/.`, copy.dir]);
  return copy;
}

export function succeeds(done: Finished): Finished {
  expect(done.code, done.all).toBe(0);
  return done;
}

/** Files of the builds folder, without the lock's. */
export function buildFiles(shop: Shop): string[] {
  return readdirSync(shop.path('techstore.builds'))
    .filter((name) => !name.startsWith('lock.'))
    .sort();
}

const stack = /^\s+at .*[:)]\d*/m;
// eslint-disable-next-line no-control-regex -- what must not be there
const escape = /\x1b/;

export interface Refusal {
  readonly code: 1 | 2;
  /** Texts or patterns that the output must hold: the place, what is wrong, what to do. */
  readonly says: readonly (string | RegExp)[];
}

/** What holds for every command that fails: it says why, shows no stack, and leaves what is published. */
export function refused(done: Finished, { code, says }: Refusal): void {
  for (const text of says) {
    if (typeof text === 'string') expect(done.all).toContain(text);
    else expect(done.all).toMatch(text);
  }
  expect(done.code, done.all).toBe(code);
  expect(done.all).not.toMatch(stack);
  expect(done.all).not.toMatch(escape);
  expect(done.all).not.toContain('defect of techstore');
  // What could not run has no result, so that a pipe gets nothing.
  if (code === 2) expect(done.stdout).toBe('');
}

/** Runs a command in a project with a published build, which must stay what it is. */
export function refuses(shop: Shop, args: readonly string[], refusal: Refusal): Finished {
  const before = shop.publishedHash();
  const files = buildFiles(shop);
  const done = shop.run(...args);
  refused(done, refusal);
  expect(before).not.toBeNull();
  expect(shop.publishedHash()).toBe(before);
  // A build that could not run leaves nothing; one that failed leaves its candidate.
  if (refusal.code === 2) expect(buildFiles(shop)).toEqual(files);
  return done;
}

export interface Running {
  readonly pid: number;
  /** Resolves when stderr holds the text; rejects when the program ends before. */
  says(text: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Finished>;
}

/** Starts the program, to do something while it runs. */
export function start(shop: Shop, ...args: string[]): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: shop.dir,
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const looks = new Set<(over: boolean) => void>();
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const look of looks) look(false);
  });
  const ended = new Promise<Finished>((resolve) => {
    child.on('close', (code) => {
      for (const look of looks) look(true);
      resolve({ code, stdout, stderr, all: stdout + stderr });
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    signal: (name) => void child.kill(name),
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (over: boolean): void => {
          if (text.test(stderr)) resolve();
          else if (over) reject(new Error(`It ended without ${String(text)}:\n${stderr}`));
          else return;
          looks.delete(look);
        };
        looks.add(look);
        look(child.exitCode !== null);
      }),
  };
}

/** A model that would run for hours: whoever starts it must end it. */
export const endless = `{{ config(materialized='table') }}
select sum(a.range * b.range % 7) as s from range(10000000) as a, range(10000000) as b
`;
