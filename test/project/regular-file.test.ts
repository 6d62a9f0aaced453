/** What lies in a file's place need not be a file. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRegularFile, whyUnreadable } from '../../src/regular-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'regular-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function why(path: string, maxBytes?: number): string {
  try {
    readRegularFile(path, maxBytes);
  } catch (error) {
    return whyUnreadable(error);
  }
  return 'it was read';
}

test('A file is read whole, also behind a link and where it says that it is empty', () => {
  const path = join(folder, 'a.txt');
  writeFileSync(path, 'x'.repeat(100_000));
  symlinkSync(path, join(folder, 'link'));
  expect(readRegularFile(path).length).toBe(100_000);
  expect(readRegularFile(join(folder, 'link')).length).toBe(100_000);
  writeFileSync(join(folder, 'empty'), '');
  expect(readRegularFile(join(folder, 'empty')).length).toBe(0);
  if (process.platform === 'linux') {
    expect(readRegularFile('/proc/self/status').length).toBeGreaterThan(0);
  }
});

test('A named pipe is not waited for', () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  symlinkSync(path, join(folder, 'to-pipe'));
  expect(why(path)).toBe('it is a named pipe');
  expect(why(join(folder, 'to-pipe'))).toBe('it is a named pipe');
});

test('A socket, a folder, a device and what is not there are told apart', async () => {
  const server = createServer().listen(join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  mkdirSync(join(folder, 'sub'));
  symlinkSync('round', join(folder, 'round'));
  writeFileSync(join(folder, 'file'), '');
  expect(why(join(folder, 'socket'))).toBe('it is a socket');
  expect(why(join(folder, 'sub'))).toBe('it is a folder');
  expect(why('/dev/zero')).toBe('it is a device');
  expect(why(join(folder, 'none'))).toBe('it does not exist');
  expect(why(join(folder, 'file', 'below'))).toBe('a part of its path is not a folder');
  expect(why(join(folder, 'round'))).toBe('its symbolic links form a loop');
  expect(why(join(folder, 'n'.repeat(300)))).toBe('its name is too long');
  server.close();
});

test('More than the limit is not read, however large the file says it is', () => {
  const path = join(folder, 'large');
  writeFileSync(path, 'x'.repeat(2 * 1024 ** 2 + 1));
  expect(why(path, 2 * 1024 ** 2)).toBe('it is larger than 2 MiB');
  expect(why(path, 3 * 1024 ** 2)).toBe('it was read');
});
