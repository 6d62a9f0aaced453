/** The program as a process of its own: it ends by itself, with the right code, whatever it opened. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bareEnvironment, type Shop } from '../helpers/shop.js';
import { runWarm } from '../helpers/warm-program.js';
import { add, built, endless } from './support.js';

let shop: Shop;
beforeAll(() => {
  shop = built();
});
afterAll(() => shop.remove());

test.each<[number, string[], RegExp]>([
  [0, ['--version'], /^\d+\.\d+\.\d+\n$/],
  [0, ['build', '--full-refresh'], /Published build/],
  [0, ['query', 'select answer from apart', '--csv'], /^answer\r?\n42/],
  [0, ['ls', '--resource-type', 'seed'], /^small\.people\n$/],
  [0, ['show', '--select', 'apart'], /42/],
  [0, ['builds', 'list'], /published/],
  [0, ['debug'], /ok {3}connection/],
  [2, ['query', 'select nothing'], /^$/],
  [2, ['build', '--select'], /^$/],
])('exit code %i: techstore %j', (code, args, stdout) => {
  const done = shop.runAlone(...args);
  expect(done.code, done.all).toBe(code);
  expect(done.stdout).toMatch(stdout);
});

test('exit code 1 when a test fails, with the failure on stdout and progress on stderr', () => {
  add(shop, 'data-tests/fails.sql', "select * from {{ ref('clean') }}\n");
  add(shop, 'dbt_project.yml', `${shop.read('dbt_project.yml')}test-paths: [data-tests]\n`);
  const done = shop.runAlone('build');
  expect(done.code, done.all).toBe(1);
  expect(done.stdout).toContain('FAIL');
  expect(done.stderr).toMatch(/\d+\/\d+ FAIL/);
});

test('a program that hangs in the process that stays fails its test alone', () => {
  add(shop, 'models/endless.sql', endless);
  const request = { cwd: shop.dir, env: bareEnvironment() };
  const args = ['build', '--select', 'endless'];
  expect(() => runWarm({ ...request, args }, 5_000)).toThrow('did not end within 5000 ms: build');
  expect(runWarm({ ...request, args: ['--version'] }).code).toBe(0);
});
