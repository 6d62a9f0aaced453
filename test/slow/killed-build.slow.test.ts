/**
 * A build is killed at random instants while a reader polls the published file. Each
 * read must see one whole build, the old or the new, and the build after must succeed.
 */
import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, Shop } from '../helpers/shop.js';

const kills = Number(process.env['TECHSTORE_KILLS'] ?? 100);

/** Opens the published file again and again, and writes down each answer: a number or an error. */
const reader = `
import { DuckDBInstance } from '@duckdb/node-api';
const [path] = process.argv.slice(1);
process.on('SIGTERM', () => { stop = true; });
let stop = false;
let reads = 0;
const seen = {};
while (!stop) {
  let answer;
  try {
    const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    // One as_of in all gold tables: a mixed build would have two.
    const result = await connection.runAndReadAll(
      "select (select count(*) from gold_customer_analytics) || ' ' || (select max(sale_date) from gold_sales_metrics) || ' ' || (select min(report_date) from gold_operational_metrics)");
    answer = String(result.getRows()[0][0]);
    connection.closeSync();
    instance.closeSync();
  } catch (error) {
    answer = 'ERROR ' + error.message;
  }
  reads += 1;
  seen[answer] = (seen[answer] ?? 0) + 1;
}
console.log(JSON.stringify({ reads, seen }));
`;

describe(`a build that is killed ${kills} times`, () => {
  let shop: Shop;
  /** What a build takes here and now, in milliseconds. */
  let usual: number;
  let polling: ChildProcessByStdio<null, Readable, null> | undefined;

  beforeAll(() => {
    shop = new Shop();
    const started = Date.now();
    const first = shop.run('build', '--as-of', '2025-06-30');
    usual = Date.now() - started;
    expect(first.code, first.all).toBe(0);
  });
  afterAll(() => {
    polling?.kill('SIGKILL');
    shop.remove();
  });

  it('never shows a reader anything but a whole build, and the next build succeeds', async () => {
    polling = spawn(
      process.execPath,
      ['--input-type=module', '-e', reader, shop.path('techstore.duckdb')],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    polling.stdout.on('data', (data: Buffer) => (output += data.toString()));

    const dates = ['2025-06-30', '2024-12-31'];
    let killed = 0;
    let finished = 0;
    while (killed < kills) {
      const date = dates[(killed + finished) % 2] ?? '';
      const child = shop.start('build', '--as-of', date, '--full-refresh');
      const ended = new Promise<NodeJS.Signals | null>((resolve) =>
        child.on('close', (_code, signal) => resolve(signal)),
      );
      // From the first instant to past the end of a build, so that every step is hit.
      const delay = Math.random() * usual * 1.5;
      const timer = setTimeout(() => child.kill('SIGKILL'), delay);
      const signal = await ended;
      clearTimeout(timer);
      if (signal === 'SIGKILL') killed += 1;
      else finished += 1;
    }
    polling.kill('SIGTERM');
    await new Promise((resolve) => polling?.on('close', resolve));

    const { reads, seen } = JSON.parse(output) as { reads: number; seen: Record<string, number> };
    expect(reads).toBeGreaterThan(kills);
    // Whole builds are those of the two dates, as builds that nobody disturbed have them.
    const whole = dates.map((date) => wholeBuild(date));
    expect(Object.keys(seen).filter((answer) => !whole.includes(answer))).toEqual([]);
    expect(finished, 'some builds must get through between the kills').toBeGreaterThan(0);

    const last = shop.run('build', '--as-of', '2025-06-30');
    expect(last.code, last.all).toBe(0);
    const listed = shop.run('builds', 'list', '--json');
    const states = (JSON.parse(listed.stdout) as { state: string }[]).map((build) => build.state);
    expect(states.filter((state) => state === 'published')).toHaveLength(1);
    expect(states.filter((state) => !['published', 'kept', 'failed'].includes(state))).toEqual([]);
  });

  function wholeBuild(date: string): string {
    const other = new Shop();
    try {
      const done = other.run('build', '--as-of', date);
      expect(done.code, done.all).toBe(0);
      return execFileSync(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          reader
            .replace('while (!stop)', 'for (let i = 0; i < 1; i += 1)')
            .replace(
              'console.log(JSON.stringify({ reads, seen }))',
              'console.log(Object.keys(seen)[0])',
            ),
          other.path('techstore.duckdb'),
        ],
        { cwd: root, encoding: 'utf8' },
      ).trim();
    } finally {
      other.remove();
    }
  }
});
