/** A server under steady load while builds are published, and while builders are killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bareEnvironment, program, Shop } from '../helpers/shop.js';
import { startLoad, type Load } from './steady-load.js';

const RATE = 200;
const BUILDS = 20;
const SECONDS = 120;

const shop = new Shop();
let server: ChildProcess;
let port: number;

/** A date of its own for each build: every answer then says by its figures which build it is from. */
const dateOf = (n: number): string => `2025-06-${String(30 - (n % 28)).padStart(2, '0')}`;

beforeAll(async () => {
  const done = shop.run('build', '--as-of', dateOf(0), '--quiet');
  expect(done.code, done.all).toBe(0);
  server = spawn(
    process.execPath,
    [program, 'serve', '--port', '0', '--rate-limit', '0', '--log-level', 'error', '--quiet'],
    { cwd: shop.dir, env: bareEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  port = Number(new URL(line.toString().trim()).port);
}, 120_000);

afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  shop.remove();
});

/** The builder gives way to the server, as one would start it on a machine that serves. */
function startBuild(n: number): ChildProcess {
  const args = [program, 'build', '--as-of', dateOf(n), '--quiet', '--threads', '1'];
  return spawn('nice', ['-n', '19', process.execPath, ...args], {
    cwd: shop.dir,
    env: bareEnvironment(),
    stdio: 'ignore',
  });
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

function expectNoFault(load: Load): void {
  expect(load.failed).toEqual([]);
  expect(load.mixed).toEqual([]);
}

test(`${RATE} requests a second for ${SECONDS} s during ${BUILDS} published builds: none fails, none is mixed, and p99 stays within twice that of an idle store`, async () => {
  const before = startLoad(port, RATE);
  await sleep(20_000);
  const idle = await before.end();
  expectNoFault(idle);

  const running = startLoad(port, RATE);
  const started = Date.now();
  let published = 0;
  for (let n = 1; n <= BUILDS; n++) {
    const [code] = (await once(startBuild(n), 'exit')) as [number];
    expect(code).toBe(0);
    published += 1;
    // Spread over the whole time.
    await sleep(Math.max(0, started + (n * SECONDS * 1000) / BUILDS - Date.now()));
  }
  await sleep(Math.max(0, started + SECONDS * 1000 - Date.now()));
  const load = await running.end();

  console.log(
    `idle: ${idle.answered} answers, p99 ${idle.p99.toFixed(1)} ms; while building: ${load.answered} answers, ` +
      `${load.builds.size} builds seen, p50 ${load.p50.toFixed(1)} ms, p99 ${load.p99.toFixed(1)} ms`,
  );
  expectNoFault(load);
  expect(published).toBe(BUILDS);
  expect(load.builds.size).toBeGreaterThanOrEqual(BUILDS);
  expect(load.answered).toBeGreaterThan(RATE * SECONDS * 0.98);
  expect(load.p99).toBeLessThanOrEqual(2 * idle.p99);
});

test('builders that are killed at any instant disturb no request', async () => {
  const running = startLoad(port, RATE);
  for (let n = 0; n < 8; n++) {
    const builder = startBuild(n + 1);
    const ended = once(builder, 'exit');
    await sleep(400 + n * 700);
    builder.kill('SIGKILL');
    await ended;
  }
  const [code] = (await once(startBuild(27), 'exit')) as [number];
  await sleep(1000);
  const load = await running.end();

  expectNoFault(load);
  expect(code).toBe(0);
  expect(load.asOfs.has(dateOf(27))).toBe(true);
});
