import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { compileForChildren, startChild, type Child } from './compiled.js';
import { figureIn, temporaryFolder } from './details.js';

const KILLS = 100;
const PUBLISHES = 100;

let code: ReturnType<typeof compileForChildren>;
beforeAll(() => {
  code = compileForChildren();
});
afterAll(() => code.remove());

async function endReader(reader: Child): Promise<{ reads: number; last: number }> {
  reader.process.stdin?.end();
  const line = await reader.line('reads');
  const [, reads, last] = /^reads (\d+) last (\d+)$/.exec(line) ?? [];
  expect(reader.output()).not.toContain('error');
  return { reads: Number(reads), last: Number(last) };
}

describe('A reader that opens the published file all the time', () => {
  test(`never fails, never sees half a build, never goes back, through ${PUBLISHES} publishes`, async () => {
    const path = join(temporaryFolder(), 'shop.duckdb');
    await startChild(code.folder, 'publish-loop', [path, '1', '1', '50']).ended;
    const reader = startChild(code.folder, 'read-loop', [path]);
    await reader.line('ready');
    const writer = startChild(code.folder, 'publish-loop', [path, '2', String(PUBLISHES), '50']);

    expect(await writer.ended).toBe(0);
    expect(writer.output()).toContain(`published ${PUBLISHES + 1}\n`);
    expect(await figureIn(path)).toBe(PUBLISHES + 1);
    expect((await endReader(reader)).reads).toBeGreaterThan(5);
  });

  test(`and through ${KILLS} kill -9 of the builder at random instants`, async () => {
    const path = join(temporaryFolder(), 'shop.duckdb');
    const store = new FileBuilds({ path });
    await startChild(code.folder, 'publish-loop', [path, '1', '1', '50']).ended;
    const reader = startChild(code.folder, 'read-loop', [path]);
    await reader.line('ready');
    let figure = 1;
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = startChild(code.folder, 'publish-loop', [
        path,
        String(figure + 1),
        '1000',
        '50',
      ]);
      await writer.line('ready');
      await new Promise((resolve) => setTimeout(resolve, 150 * Math.random() + (kill % 3) * 60));
      writer.process.kill('SIGKILL');
      await writer.ended;

      const told = [...writer.output().matchAll(/^published (\d+)$/gm)].map((m) => Number(m[1]));
      const known = Math.max(figure, ...told);
      figure = Number(await figureIn(path));
      // What was reported is there; the kill may have come between the rename and the report.
      expect([known, known + 1]).toContain(figure);
    }
    // The next build finds the folder in order, whatever the last one left.
    await store.abandon(await store.openCandidate({ command: 'techstore build' }));
    expect(store.showBuild('published').record.state).toBe('published');
    const ids = store.listBuilds().map((b) => b.id);
    expect(readdirSync(store.buildsFolder).sort()).toEqual(
      [
        ...ids.flatMap((id) => [`${id}.duckdb`, `${id}.json`, `${id}.lineage.json`]),
        'lock.duckdb',
      ].sort(),
    );
    expect(readdirSync(join(path, '..')).sort()).toEqual(['shop.builds', 'shop.duckdb']);
    expect((await endReader(reader)).last).toBeLessThanOrEqual(figure);
  });
});

describe('A killed build', () => {
  test('lets go of the lock, and its leftovers are removed by the next one', async () => {
    const path = join(temporaryFolder(), 'shop.duckdb');
    const store = new FileBuilds({ path });
    const child = startChild(code.folder, 'hold-lock', [path]);
    const id = (await child.line('locked')).slice('locked '.length);
    child.process.kill('SIGKILL');
    await child.ended;

    expect(existsSync(join(store.buildsFolder, `${id}.duckdb`))).toBe(true);
    await store.abandon(await store.openCandidate({ command: 'techstore build' }));
    expect(readdirSync(store.buildsFolder)).toEqual(['lock.duckdb']);
  });
});
