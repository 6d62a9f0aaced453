/** Commands used in the wrong way, what a query may not do, and what goes to which stream. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { add, built, copyOf, refuses, refused, smallShop, succeeds } from './support.js';

let shop: Shop;
beforeAll(() => {
  shop = smallShop();
  add(shop, 'seeds/people.csv', 'id,name,born,spent\n1,\u001b[31mred\u001b]0;x\u0007,,2.00\n');
  built(shop);
});
afterAll(() => shop.remove());

describe('Wrong usage exits with 2', () => {
  test.each([
    [['biuld'], [/^Error: Unknown command 'biuld'\nWhat to do: Did you mean build\?\n$/]],
    // Nobody is led by a slip of the keys to a command that removes something.
    [
      ['snapshot'],
      [/^Error: Unknown command 'snapshot'\nWhat to do: Snapshots are not supported yet\.\n$/],
    ],
    [
      ['claen'],
      [/^Error: Unknown command 'claen'\nWhat to do: techstore --help lists the commands\.\n$/],
    ],
    [
      ['builds', 'prun'],
      [/^Error: Unknown command 'prun'\nWhat to do: techstore --help lists the commands\.\n$/],
    ],
    [
      ['keys', 'revok'],
      [/^Error: Unknown command 'revok'\nWhat to do: techstore --help lists the commands\.\n$/],
    ],
    [['\u001b[31mx'], ["Unknown command '\\x1b[31mx'"]],
    [['completion'], [/^Error: Missing required argument 'shell'\n$/]],
    [
      ['build', '--selct', 'clean'],
      [/^Error: Unknown option '--selct'\nWhat to do: Did you mean --select\?\n$/],
    ],
    [
      ['build', '--as-of', '2025-02-30'],
      ['2025-02-30', /YYYY-MM-DD/],
    ],
    [
      ['build', '--vars', 'just text'],
      ['--vars must be a map of keys', /What to do: /],
    ],
    [['build', '--vars', '{least: ['], [/--vars/]],
    [
      ['build', '--threads', '0'],
      ["'0'", /whole number of at least 1/],
    ],
    [
      ['query', 'select 1', '--limit', 'abc'],
      ["'abc'", /whole number/],
    ],
    [
      ['query', 'select 1', '--format', 'xml'],
      ["'xml'", /ndjson/],
    ],
    // What is published has its date already.
    [['query', 'select 1', '--as-of', '2025-01-01'], ["Unknown option '--as-of'"]],
    [['export', '--to', 'out', '--as-of', '2025-01-01'], ["Unknown option '--as-of'"]],
    [['builds', 'list', '--as-of', '2025-01-01'], ["Unknown option '--as-of'"]],
    [['builds', 'diff', '--as-of', '2025-01-01'], ["Unknown option '--as-of'"]],
    [['query', 'select 1', '--file', 'a.sql'], ['--file']],
    [['query', '--file', 'none.sql'], ['none.sql']],
    [['show'], ['techstore show MODEL', '--select', '--inline']],
    [['show', 'clean', '--inline', 'select 1'], ['Only one model or query can be shown']],
    [['show', 'claen'], ["'claen'"]],
    [
      ['show', '--select', 'claen'],
      ["'claen'", /What to do: /],
    ],
    [
      ['builds', 'show', '1999'],
      ['1999', /builds list/],
    ],
    [['builds', 'rollback'], [/What to do: /]],
    [
      ['query', 'select 1', '--build', 'nope'],
      ['nope', /builds list/],
    ],
    [['query', 'select nmae from clean'], ['nmae']],
    [['query', 'selct 1'], [/syntax/i]],
    [['build', '--selector', 'nightly'], ['nightly']],
    [['retry', '--project-dir', 'models'], ['dbt_project.yml']],
  ] as const)('%j', (args, says) => {
    refuses(shop, args, { code: 2, says });
  });

  test('a selection of nothing is told, with the nearest name', () => {
    const done = shop.run('build', '--select', 'claen');
    expect(done.stderr).toMatch(/claen.*Did you mean 'clean'/);
    expect(shop.run('ls', '--select', 'claen').stdout).toBe('');
  });
});

describe('Before anything is published', () => {
  let fresh: Shop;
  beforeAll(() => {
    fresh = smallShop();
  });
  afterAll(() => fresh.remove());

  test.each([
    [['query', 'select 1']],
    [['show', '--select', 'clean']],
    [['builds', 'show']],
    [['builds', 'diff']],
    [['builds', 'rollback']],
    [['builds', 'prune']],
    [['retry']],
  ])('%j says what to run first', (args) => {
    refused(fresh.run(...args), { code: 2, says: [/techstore build/] });
  });

  test('a list of builds is empty', () => {
    expect(succeeds(fresh.run('builds', 'list', '--json')).stdout.trim()).toBe('[]');
  });
});

describe('A query', () => {
  test.each([
    "insert into clean values (2, 'Eve', null, null)",
    'create table mine as select 1 as a',
    'create temp table mine as select 1 as a; drop table clean',
    "attach 'other.duckdb'",
    "copy clean to 'stolen.csv'",
    "select * from read_csv('/etc/passwd')",
    "from 'seeds/people.csv'",
    'set enable_external_access = true',
    'load httpfs',
    "export database 'stolen'",
  ])('is refused by the engine: %s', (sql) => {
    const done = refuses(shop, ['query', sql], { code: 2, says: [/^Error: /] });
    expect(done.all).not.toContain('root:');
  });

  test('gives its rows on stdout, and nothing else', () => {
    const done = succeeds(shop.run('query', 'select id from clean', '--csv'));
    expect(done.stdout).toMatch(/^id\r?\n1\r?\n$/);
    expect(done.stderr).toBe('');
  });

  test.each([['table'], ['markdown']])('shows no escape sequence of the data as %s', (format) => {
    const done = succeeds(shop.run('query', 'select name from clean', '--format', format));
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(done.stdout).not.toMatch(/[\x1b\x07]/);
    expect(done.stdout).toContain('red');
  });

  test('keeps it in JSON, as JSON writes it', () => {
    const done = succeeds(shop.run('query', 'select name from clean', '--json'));
    expect(done.stdout).not.toContain('\u001b');
    expect(JSON.parse(done.stdout)).toEqual([{ name: '\u001b[31mred\u001b]0;x\u0007' }]);
  });
});

describe('The streams of a build', () => {
  test('have progress on stderr and the summary on stdout, without escape sequences', () => {
    const copy = copyOf(shop);
    const done = succeeds(copy.run('build', '--full-refresh'));
    expect(done.stderr).toMatch(/ok +model clean/);
    expect(done.stdout).not.toMatch(/ok +model clean/);
    expect(done.stdout).toContain('Published build');
    expect(done.all).not.toContain('\u001b');
    copy.remove();
  });

  test('hold one JSON on stdout with --json, and nothing with --quiet', () => {
    const json = succeeds(shop.run('build', '--json'));
    expect(JSON.parse(json.stdout)).toMatchObject({ command: 'build', ok: true });
    expect(succeeds(shop.run('build', '--quiet')).all).toBe('');
    const copy = copyOf(shop);
    add(copy, 'data-tests/fails.sql', "select * from {{ ref('clean') }}\n");
    add(copy, 'data-tests/warns.sql', "{{ config(severity='warn') }}select 1 as odd\n");
    add(copy, 'dbt_project.yml', `${copy.read('dbt_project.yml')}test-paths: [data-tests]\n`);
    const failed = copy.run('build', '--quiet');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^FAIL/);
    expect(failed.stdout).not.toContain('odd');
    copy.remove();
  });

  test('are coloured when FORCE_COLOR asks for it, and not where NO_COLOR or --no-color forbids', () => {
    const colour = '\u001b[';
    expect(shop.runWith({ FORCE_COLOR: '1' }, 'build').stdout).toContain(colour);
    expect(shop.runWith({ FORCE_COLOR: '0' }, 'build').all).not.toContain(colour);
    expect(shop.runWith({ FORCE_COLOR: '1', NO_COLOR: '1' }, 'build').all).not.toContain(colour);
    expect(shop.runWith({ FORCE_COLOR: '1' }, 'build', '--no-color').all).not.toContain(colour);
  });
});
