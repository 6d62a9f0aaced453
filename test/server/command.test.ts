/** `techstore serve` and `techstore keys` as a user types them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { closeSync, openSync, statSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bareEnvironment, program, type Shop } from '../helpers/shop.js';
import { handMadeShop } from '../metrics/small-shop.js';

let shop: Shop;
const children: ChildProcess[] = [];

beforeAll(async () => {
  shop = await handMadeShop();
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(() => shop.remove());

interface Serving {
  readonly url: string;
  readonly child: ChildProcess;
  readonly log: () => string;
}

async function serve(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  stdio: readonly ('ignore' | 'pipe' | number)[] = ['ignore', 'pipe', 'pipe'],
): Promise<Serving> {
  const child = spawn(process.execPath, [program, 'serve', ...args], {
    cwd: shop.dir,
    env: bareEnvironment(env),
    stdio: [...stdio],
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('\n')) resolve();
    });
    child.on('close', (code) => reject(new Error(`It ended with ${code}:\n${stderr}`)));
  });
  return { url: stdout.trim(), child, log: () => stderr };
}

interface BoundSocket {
  readonly fd: number;
  readonly port: number;
  close(): void;
}

/** A socket of this process that it does not listen on itself, as Node's own servers would. */
function boundSocket(): BoundSocket {
  const { TCP, constants } = (
    process as unknown as { binding(name: string): Record<string, never> }
  ).binding('tcp_wrap') as unknown as {
    TCP: new (type: number) => {
      fd: number;
      bind(address: string, port: number): number;
      getsockname(out: { port?: number }): number;
      close(): void;
    };
    constants: { SOCKET: number };
  };
  const handle = new TCP(constants.SOCKET);
  handle.bind('127.0.0.1', 0);
  const name: { port?: number } = {};
  handle.getsockname(name);
  return { fd: handle.fd, port: name.port ?? 0, close: () => handle.close() };
}

describe('serve', () => {
  test('prints its address, answers, and ends with 0 when it is told to', async () => {
    const { url, child, log } = await serve(['--port', '0']);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${url}/api/sales/summary`);

    expect(await answer.json()).toMatchObject({ days_analyzed: 5 });
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const lines = log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        route: '/api/sales/summary',
        status: 200,
        cache: 'miss',
        key: null,
      }),
    );
  });

  test.each(['a full disk', 'a reader that has gone'])(
    'lives on when its log meets %s, and counts the lines that are lost',
    async (what) => {
      const full = what === 'a full disk' ? openSync('/dev/full', 'w') : null;
      const { url, child } = await serve(['--port', '0'], {}, ['ignore', 'pipe', full ?? 'pipe']);
      if (full !== null) closeSync(full);
      child.stderr?.destroy();
      const statuses = [];
      for (let i = 0; i < 5; i++) statuses.push((await fetch(`${url}/api/operations`)).status);
      const figures = await (await fetch(`${url}/metrics`)).text();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');

      expect(statuses).toEqual([200, 200, 200, 200, 200]);
      const lost = /^techstore_log_lines_lost_total (\d+)$/m.exec(figures)?.[1];
      expect(Number(lost)).toBeGreaterThanOrEqual(5);
      expect(await ended).toEqual([0, null]);
    },
  );

  test('ends with 130 on Ctrl-C', async () => {
    const { child } = await serve(['--port', '0']);
    const ended = once(child, 'exit');
    child.kill('SIGINT');

    expect(await ended).toEqual([130, null]);
  });

  test('on an address that others reach needs keys, or to be told that none are needed', async () => {
    const refused = shop.run('serve', '--host', '0.0.0.0', '--port', '0');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('techstore keys create NAME');
    expect(refused.stderr).toContain('--allow-anonymous');

    const { url } = await serve(['--host', '0.0.0.0', '--port', '0', '--allow-anonymous']);
    const port = new URL(url).port;
    const answer = await fetch(`http://127.0.0.1:${port}/api/customers/top-customers`);
    const text = await answer.text();
    expect(text).toContain('e***@shop.example');
    expect(text).not.toContain('eve@');
  });

  test.each([
    [['--port', '70000'], /port/],
    [['--port', 'x'], /port/],
    [['--host', 'no.such.host.invalid', '--allow-anonymous'], /host name is unknown/],
    [['--cors-origin', 'shop.example'], /is not an origin/],
    [['--target', 'nowhere'], /nowhere/],
    [['--queue', '-1'], /whole number/],
  ])('%j is refused with the way out', (args, says) => {
    const done = shop.run('serve', ...args);

    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(says);
    expect(done.stderr).not.toMatch(/^\s+at /m);
    expect(done.stdout).toBe('');
  });

  test('says that its port is in use', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const done = shop.run('serve', '--port', String((other.address() as AddressInfo).port));
    other.close();

    expect(done.code).toBe(2);
    expect(done.stderr).toContain('it is in use');
  });

  test('behind a socket that is handed over, a restart loses no request', async () => {
    const socket = boundSocket();
    const { port } = socket;
    const start = () =>
      serve(['--allow-anonymous'], { LISTEN_FDS: '1' }, ['ignore', 'pipe', 'pipe', socket.fd]);
    let server = await start();
    const statuses: number[] = [];
    let goOn = true;
    const asking = Array.from({ length: 4 }, async () => {
      while (goOn) {
        const answer = await fetch(`http://127.0.0.1:${port}/health`, {
          headers: { connection: 'close' },
        });
        statuses.push(answer.status);
        await answer.arrayBuffer();
      }
    });
    for (let i = 0; i < 2; i++) {
      await new Promise((done) => setTimeout(done, 100));
      const ended = once(server.child, 'exit');
      server.child.kill('SIGTERM');
      await ended;
      server = await start();
    }
    await new Promise((done) => setTimeout(done, 100));
    goOn = false;
    await Promise.all(asking);
    socket.close();

    expect(statuses.length).toBeGreaterThan(20);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('keys', () => {
  test('are shown once, stored as hashes, listed, used and revoked', async () => {
    const created = shop.run('keys', 'create', 'reports', '--expires', '90d');
    const key = created.stdout.trim();
    expect(created.code).toBe(0);
    expect(key).toMatch(/^tsk_[\w-]{43}$/);
    expect(shop.read('.techstore/api-keys.json')).not.toContain(key);
    expect(statSync(shop.path('.techstore/api-keys.json')).mode & 0o777).toBe(0o600);

    const listed = shop.run('keys', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { name: 'reports', scopes: 'read', state: 'valid' },
    ]);
    expect(listed.all).not.toContain(key);

    const { url } = await serve(['--port', '0']);
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${url}/api/operations`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ 'x-api-key': key })).toBe(200);
    expect(shop.run('keys', 'revoke', 'reports').code).toBe(0);
    await new Promise((done) => setTimeout(done, 1100));
    expect(await status({ 'x-api-key': key })).toBe(401);
  });

  test('of the environment are taken as records, and refused in the clear', async () => {
    const created = shop.run('keys', 'create', 'env', '--print-only', '--scope', 'read', 'metrics');
    const key = created.stdout.trim();
    const record = /TECHSTORE_API_KEYS: (\S+)/.exec(created.stderr)?.[1];
    const { url } = await serve(['--port', '0'], { TECHSTORE_API_KEYS: record });
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);

    const refused = shop.runWith({ TECHSTORE_API_KEYS: key }, 'serve', '--port', '0');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('stored as hashes');
    expect(refused.all).not.toContain(key);
  });

  test.each([
    [['create', 'a b'], /is not a valid key name/],
    [['create', 'x', '--scope', 'write'], /write/],
    [['create', 'x', '--expires', 'soon'], /90d/],
    [['create', 'x', '--expires', '2020-01-01'], /already be expired/],
    [['revoke', 'nobody'], /The key 'nobody' does not exist/],
  ])('%j is refused with the way out', (args, says) => {
    const done = shop.run('keys', ...args);

    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(says);
    expect(done.stdout).toBe('');
  });
});
