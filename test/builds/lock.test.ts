import { join } from 'node:path';
import { readdirSync, writeFileSync, mkdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { compileForChildren, startChild } from './compiled.js';
import { publishFigure, temporaryFolder } from './details.js';

// Children take their time to start on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let code: ReturnType<typeof compileForChildren>;
let path: string;
let store: FileBuilds;

beforeAll(() => {
  code = compileForChildren();
});
afterAll(() => code.remove());
beforeEach(() => {
  path = join(temporaryFolder(), 'shop.duckdb');
  store = new FileBuilds({ path });
});

const command = 'techstore build';

describe('A second build', () => {
  test('stops and names the first', async () => {
    const first = startChild(code.folder, 'hold-lock', [path]);
    await first.line('locked');

    const error: unknown = await store.openCandidate({ command }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'lock', exitCode: 2 });
    expect((error as Error).message).toContain(
      `Another build of ${path} is running: \`techstore build --threads 2\` (process ${first.process.pid} on `,
    );
    first.process.stdin?.end();
    await first.ended;
  });

  test('waits for the first when it is told to, and says so once', async () => {
    const first = startChild(code.folder, 'hold-lock', [path]);
    await first.line('locked');
    const messages: string[] = [];
    const second = store.openCandidate({ command, wait: true, onWait: (m) => messages.push(m) });
    setTimeout(() => first.process.stdin?.end(), 400);

    await store.abandon(await second);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/since 2.*\)\. Waiting for it to end\.$/);
  });

  test('waits no longer than it is told to', async () => {
    const first = await store.openCandidate({ command });

    await expect(
      store.openCandidate({ command, wait: true, timeoutMs: 200 }),
    ).rejects.toMatchObject({
      code: 'lock',
      message: expect.stringContaining('Waited 200 ms for it to end.') as string,
    });
    await store.abandon(first);
  });

  test('stops waiting when it is cancelled', async () => {
    const first = await store.openCandidate({ command });
    const stop = new AbortController();
    const second = store.openCandidate({ command, wait: true, signal: stop.signal });
    stop.abort();

    await expect(second).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
    await store.abandon(first);
  });

  test('in the same process is refused as well, and so are rollback and prune', async () => {
    const first = await store.openCandidate({ command });
    const other = new FileBuilds({ path });

    await expect(other.openCandidate({ command })).rejects.toMatchObject({ code: 'lock' });
    await expect(other.rollback({ command })).rejects.toMatchObject({ code: 'lock' });
    await expect(other.prune({ command })).rejects.toMatchObject({ code: 'lock' });
    await store.abandon(first);
    await other.abandon(await other.openCandidate({ command }));
  });

  test('of another published file in the same folder goes on', async () => {
    const first = await store.openCandidate({ command });
    await publishFigure(new FileBuilds({ path: join(path, '..', 'other.duckdb') }), 1);
    await store.abandon(first);
  });

  test('is not misled by the note of a process that is gone', async () => {
    mkdirSync(store.buildsFolder);
    writeFileSync(
      join(store.buildsFolder, 'lock.json'),
      '{"pid": 1, "command": "old", "startedAt": ""}',
    );
    await store.abandon(await store.openCandidate({ command }));

    expect(readdirSync(store.buildsFolder)).toEqual(['lock.duckdb']);
  });
});

test('Taking and releasing the lock costs less than 100 ms', async () => {
  await store.prune({ command });
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    await store.prune({ command });
    times.push(performance.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(100);
});
