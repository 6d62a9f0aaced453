/** What becomes of the file of keys when commands meet, links lead to it, or it is something else. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOf, newKey, type KeyRecord } from '../../src/server/keys/api-key.js';
import { changeKeyFile, readKeyFile } from '../../src/server/keys/key-file.js';
import { KeyRing } from '../../src/server/keys/key-ring.js';
import { bareEnvironment, program } from '../helpers/shop.js';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'techstore-keys-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

const record = (name: string, key = newKey()): KeyRecord => ({
  name,
  hash: hashOf(key),
  scopes: ['read'],
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
});

const add = (file: string, name: string) => changeKeyFile(file, (keys) => [...keys, record(name)]);
const namesIn = (file: string) => readKeyFile(file).map(({ name }) => name);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function keys(args: readonly string[], stdout: 'pipe' | number = 'pipe'): Promise<Ended> {
  const child = spawn(process.execPath, [program, 'keys', ...args], {
    cwd: dir,
    env: bareEnvironment(),
    stdio: ['ignore', stdout, 'pipe'],
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...ended };
}

describe('commands at the same time', () => {
  test('lose no key, and bring none back', async () => {
    const file = join(dir, 'k.json');
    for (const name of ['victim1', 'victim2', 'victim3']) await add(file, name);
    const done = await Promise.all([
      ...['a', 'b', 'c', 'd'].map((name) => keys(['create', name, '--keys-file', file])),
      ...['victim1', 'victim2', 'victim3'].map((name) =>
        keys(['revoke', name, '--keys-file', file]),
      ),
    ]);

    expect(done.map(({ code }) => code)).toEqual(done.map(() => 0));
    expect(namesIn(file).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('through a link and beside it wait for each other too', async () => {
    const file = join(dir, 'k.json');
    const link = join(dir, 'link.json');
    symlinkSync(file, link);
    await Promise.all(Array.from({ length: 8 }, (_, i) => add(i % 2 === 0 ? file : link, `n${i}`)));

    expect(namesIn(file)).toHaveLength(8);
  });

  test('one of which was killed hold nobody up, and its draft is removed', async () => {
    const file = join(dir, 'k.json');
    await add(file, 'first');
    const killed = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { changeKeyFile } = await import(${JSON.stringify(join(program, '../../dist/server/keys/key-file.js'))});
         await changeKeyFile(${JSON.stringify(file)}, (keys) => keys.slice(1), () => {
           console.log('shown');
           return new Promise(() => setInterval(() => undefined, 1000));
         });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'close');
    expect(readdirSync(dir).filter((name) => name.endsWith('.draft'))).toHaveLength(1);
    await add(file, 'second');

    expect(namesIn(file)).toEqual(['first', 'second']);
    expect(readdirSync(dir).sort()).toEqual(['k.json', 'k.json.lock']);
  });
});

describe('a key that nobody has seen', () => {
  test('is not stored when the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const done = await keys(['create', 'lost'], full);
    closeSync(full);

    expect(done).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Error: The answer cannot be written: the disk is full. No key is stored.\n',
    });
    expect(namesIn(join(dir, '.techstore', 'api-keys.json'))).toEqual([]);
  });

  test('is not stored when its reader has closed it', async () => {
    const script = `"${process.execPath}" "${program}" keys create lost; echo "exit $?" >&2`;
    const shell = spawn('bash', ['-c', `( sleep 0.2; ${script} ) | true`], {
      cwd: dir,
      env: bareEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    shell.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(shell, 'close');

    expect(stderr).toBe(
      'Error: The answer cannot be written: its reader has closed it. No key is stored.\nexit 2\n',
    );
    expect(namesIn(join(dir, '.techstore', 'api-keys.json'))).toEqual([]);
  });
});

describe('a file of keys', () => {
  test('that is a link stays one, and only its owner reads what it leads to', async () => {
    mkdirSync(join(dir, 'secrets'));
    const file = join(dir, 'secrets', 'k.json');
    const link = join(dir, 'k.json');
    symlinkSync(join('secrets', 'k.json'), link);
    const before = process.umask(0o000);
    try {
      await add(link, 'through-nothing');
      chmodSync(file, 0o644);
      await add(link, 'again');
    } finally {
      process.umask(before);
    }

    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(namesIn(file)).toEqual(['through-nothing', 'again']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  const wrong: readonly (readonly [what: string, make: (path: string) => void, says: RegExp])[] = [
    [
      'links in a circle',
      (path) => {
        symlinkSync(`${path}.b`, path);
        symlinkSync(path, `${path}.b`);
      },
      /its symbolic links form a loop/,
    ],
    ['a folder', (path) => mkdirSync(path), /it is a folder/],
    ['a named pipe', (path) => void execFileSync('mkfifo', [path]), /it is a named pipe/],
    ['a device', (path) => symlinkSync('/dev/zero', path), /it is a device/],
    ['empty', (path) => writeFileSync(path, ''), /is not a key file/],
    ['no JSON', (path) => writeFileSync(path, '{"format": 1, "keys": ['), /is not a key file/],
    ['no text', (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0])), /is not a key file/],
    [
      'JSON of another kind',
      (path) => writeFileSync(path, '{"format":1,"keys":[{"__proto__":{"name":"a"}}]}'),
      /is not a key file/,
    ],
    ['too large', (path) => writeFileSync(path, ' '.repeat(5_000_000)), /larger than 4 MiB/],
    [
      'in a path through a file',
      (path) => {
        // The folder of `path` is made a file.
        rmSync(join(path, '..'), { recursive: true });
        writeFileSync(join(path, '..'), '');
      },
      /a part of its path is not a folder/,
    ],
  ];

  test.each(wrong)('that is %s is refused in a sentence', async (_what, make, says) => {
    mkdirSync(join(dir, 'folder'));
    const path = join(dir, 'folder', 'k.json');
    make(path);
    const refusal = expect.objectContaining({
      code: 'usage',
      message: expect.stringMatching(says) as unknown,
    }) as unknown;

    expect(() => readKeyFile(path)).toThrow(says);
    expect(() => new KeyRing({ fixed: [], file: path })).toThrow(says);
    await expect(add(path, 'x')).rejects.toEqual(refusal);
  });

  test.each(wrong)(
    'that becomes %s while a server runs locks nobody out, and is told once',
    async (_what, make) => {
      mkdirSync(join(dir, 'folder'));
      const path = join(dir, 'folder', 'k.json');
      const key = newKey();
      await changeKeyFile(path, () => [record('reader', key)]);
      const troubles: unknown[] = [];
      let now = Date.parse('2026-06-01T00:00:00Z');
      const ring = new KeyRing({
        fixed: [],
        file: path,
        now: () => new Date((now += 2000)),
        onTrouble: (error) => troubles.push(error),
      });
      rmSync(path);
      make(path);
      for (let i = 0; i < 3; i++) expect(ring.clientOf(key)?.name).toBe('reader');
      expect(troubles).toHaveLength(1);

      // As soon as it is a file of keys again, it counts.
      rmSync(join(path, '..'), { recursive: true, force: true });
      await changeKeyFile(path, () => []);
      expect(ring.clientOf(key)).toBeNull();
    },
  );

  test('that is gone holds no keys', async () => {
    const path = join(dir, 'k.json');
    const key = newKey();
    await changeKeyFile(path, () => [record('reader', key)]);
    let now = Date.parse('2026-06-01T00:00:00Z');
    const ring = new KeyRing({ fixed: [], file: path, now: () => new Date((now += 2000)) });
    expect(ring.clientOf(key)?.name).toBe('reader');
    rmSync(path);

    expect(ring.clientOf(key)).toBeNull();
  });

  test('of the same size and time as before is read again', async () => {
    const path = join(dir, 'k.json');
    const [one, other] = [newKey(), newKey()];
    writeFileSync(path, JSON.stringify({ format: 1, keys: [record('a', one)] }));
    utimesSync(path, 1e9, 1e9);
    let now = Date.parse('2026-06-01T00:00:00Z');
    const ring = new KeyRing({ fixed: [], file: path, now: () => new Date((now += 2000)) });
    expect(ring.clientOf(one)?.name).toBe('a');
    writeFileSync(path, JSON.stringify({ format: 1, keys: [record('b', other)] }));
    utimesSync(path, 1e9, 1e9);

    expect(ring.clientOf(one)).toBeNull();
    expect(ring.clientOf(other)?.name).toBe('b');
  });

  test('that can not be replaced stays as it is', async () => {
    const path = join(dir, 'k.json');
    await add(path, 'first');
    const before = readFileSync(path);
    const refusal = changeKeyFile(
      path,
      () => [],
      () => Promise.reject(new Error('not shown')),
    );

    await expect(refusal).rejects.toThrow('not shown');
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(dir).sort()).toEqual(['k.json', 'k.json.lock']);
  });

  test('whose lock is damaged gets a new one', async () => {
    const path = join(dir, 'k.json');
    writeFileSync(`${path}.lock`, 'garbage');
    await add(path, 'x');

    expect(namesIn(path)).toEqual(['x']);
  });

  test('whose lock is a folder is refused with the way out', async () => {
    const path = join(dir, 'k.json');
    mkdirSync(`${path}.lock`);

    await expect(add(path, 'x')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('k.json.lock') as unknown,
      hint: expect.stringContaining('moved away') as unknown,
    });
    expect(namesIn(path)).toEqual([]);
  });
});
