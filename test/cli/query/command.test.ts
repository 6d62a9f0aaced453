/** `techstore query` as a program: input, output, errors, pipes and Ctrl-C. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bareEnvironment, program, type Shop } from '../../helpers/shop.js';
import { built, refused, succeeds } from '../support.js';

let shop: Shop;
beforeAll(() => void (shop = built()), 60_000);
afterAll(() => shop.remove());

function piped(input: string, ...args: string[]) {
  const done = spawnSync(process.execPath, [program, 'query', ...args], {
    cwd: shop.dir,
    encoding: 'utf8',
    env: bareEnvironment(),
    input,
  });
  return {
    code: done.status,
    stdout: done.stdout,
    stderr: done.stderr,
    all: done.stdout + done.stderr,
  };
}

test('Parameters are bound as text, and take the type that the SQL gives them', () => {
  const sql =
    'select name from clean where spent > $least and born < $day and name <> $name order by id limit $n';
  const values = ['least=5', 'day=1910-01-01', "name='; drop table clean; --", 'n=1'];
  const done = shop.run('query', sql, '--csv', ...values.flatMap((value) => ['--param', value]));
  expect(succeeds(done).stdout).toBe('name\r\nAda\r\n');
});

test('A parameter that is missing is named, with how to give it', () => {
  refused(shop.run('query', 'select $city'), {
    code: 2,
    says: ['The SQL needs a value for $city', '--param city=…'],
  });
});

test('SQL comes from a file or from standard input', () => {
  shop.write('ask.sql', '\ufeffselect name\nfrom clean\norder by id limit 1;\n');
  expect(succeeds(shop.run('query', '--file', 'ask.sql', '--csv')).stdout).toBe('name\r\nAda\r\n');
  expect(succeeds(piped('select 7 as n', '--csv')).stdout).toBe('n\r\n7\r\n');
});

test.each(['', '  \n', '-- only a comment\n'])(
  'Without a statement nothing is run: %j',
  (input) => {
    refused(piped(input), { code: 2, says: ['There is no SQL to run'] });
  },
);

test('An error shows its line of the file and the lines around it', () => {
  shop.write('wrong.sql', 'select id,\n  nmae,\n  born\nfrom clean\n');
  refused(shop.run('query', '--file', 'wrong.sql'), {
    code: 2,
    says: ['in wrong.sql:2:3', '1 | select id,', '2 |   nmae,\n    |   ^\n', '"name"'],
  });
});

test.each([
  ['-- hello\nselect 1 as one'],
  ['--hello\nselect 1 as one'],
  ['--limit is a word too\nselect 1 as one'],
  ['/* hello */ select 1 as one'],
  ['\n-- hello\nselect 1 as one'],
])('A question may begin with a comment: %j', (sql) => {
  expect(succeeds(shop.run('query', '--csv', sql)).stdout).toBe('one\r\n1\r\n');
  expect(succeeds(shop.run('query', sql, '--csv')).stdout).toBe('one\r\n1\r\n');
});

test('A comment alone is no question, and a mistyped option none either', () => {
  refused(shop.run('query', '-- hello'), { code: 2, says: ['There is no SQL to run'] });
  refused(shop.run('query', 'select 1', '--limt=3'), { code: 2, says: ['--limt'] });
  refused(shop.run('query', 'select 1', '--limt'), { code: 2, says: ['--limt'] });
});

test('A table that is not there is told with one that is', () => {
  refused(shop.run('query', 'from spendres'), { code: 2, says: [/Did you mean .*spenders/] });
  refused(shop.run('query', 'from gold.spendres'), {
    code: 2,
    says: ["Did you mean 'main.spenders'?", 'show all tables'],
  });
});

test('A table shows as many rows as --limit, and says how to see all', () => {
  const done = succeeds(shop.run('query', 'from clean', '--limit', '2'));
  expect(done.stdout).toContain(
    'The first 2 rows; more rows exist. Use --limit to show more, or --format csv or json for all.',
  );
  expect(
    succeeds(shop.run('query', 'from clean', '--limit', '1', '--csv')).stdout.split('\r\n'),
  ).toHaveLength(5);
});

describe('While rows are streamed', () => {
  test('a reader that closes the pipe ends the program quietly', () => {
    const done = spawnSync(
      '/bin/sh',
      ['-c', `"${process.execPath}" "${program}" query "from range(1000000000)" --csv | head -1`],
      { cwd: shop.dir, encoding: 'utf8', env: bareEnvironment(), timeout: 30_000 },
    );
    expect(done).toMatchObject({ status: 0, stdout: 'range\r\n', stderr: '' });
  });

  test('an error among the later rows is an error, and not the end of the rows', () => {
    const sql =
      'select cast(case when range = 3000000 then $x else 1 end as int) from range(4000000)';
    const done = shop.run('query', sql, '--csv', '--param', 'x=none');
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(/^Error: Conversion Error: .*'none'/);
  });

  test('Ctrl-C ends it with 130', async () => {
    const child = spawn(
      process.execPath,
      [program, 'query', 'from range(1000000000)', '--format', 'ndjson'],
      { cwd: shop.dir, env: bareEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.stdout.once('data', () => child.kill('SIGINT')).resume();
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'Error: The query was cancelled.\n' });
  }, 30_000);
});
