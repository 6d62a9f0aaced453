import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { DatabaseError } from '../../src/engine/database-error.js';
import type { Connection } from '../../src/engine/engine.js';
import { errorText } from '../../src/format/error-text.js';
import { catalog, standIn, token, type StandIn } from './support.js';

let place: StandIn;
let connection: Connection;
const notices: string[] = [];

beforeAll(async () => {
  place = await standIn();
  connection = await (await place.open({ onNotice: (text) => notices.push(text) })).connect();
  await connection.run(
    `DROP SCHEMA IF EXISTS ${catalog}.faults CASCADE; CREATE SCHEMA ${catalog}.faults;
     CREATE TABLE ${catalog}.faults.t (a INT) USING DELTA`,
  );
});
afterEach(() => {
  expect(place.gateway.recording.errors).toEqual([]);
  place.gateway.faults.clear();
  notices.length = 0;
});
afterAll(() => place.close());

/** The error, after a look at everything that hangs on it. */
async function failing(work: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(inspect(error, { depth: 30, showHidden: true })).not.toContain(token);
  expect(errorText(error, { debug: true })).not.toContain(token);
  return error as DatabaseError;
}

let marker = 0;
/** An INSERT that is told from every other by its value. */
function insert(): { sql: string; rows: () => Promise<unknown>; taken: () => number } {
  marker += 1;
  const value = marker;
  return {
    sql: `INSERT INTO ${catalog}.faults.t VALUES (${value})`,
    rows: async () => {
      const sql = `SELECT count(*) FROM ${catalog}.faults.t WHERE a = ${value}`;
      return Number((await connection.query(sql)).rows[0]?.[0]);
    },
    taken: () => place.gateway.recording.taken(new RegExp(`INSERT .*\\(${value}\\)`)),
  };
}

describe('a warehouse that refuses calls', () => {
  it.each([429, 503])('with HTTP %i is asked again, and a write runs once', async (status) => {
    const one = insert();
    place.gateway.faults.add({ fault: { kind: 'http', status }, times: 3 });
    await connection.run(one.sql);
    expect(await one.rows()).toBe(1);
    expect(one.taken()).toBe(1);
    expect(place.gateway.faults.pending).toBe(0);
    expect(notices).toHaveLength(3);
    expect(notices[0]).toMatch(status === 429 ? /busy/ : /may be starting/);
  });

  it.each([429, 503])(
    'with HTTP %i and Retry-After is left alone for that long',
    async (status) => {
      place.gateway.faults.add({ fault: { kind: 'http', status, retryAfter: '1' } });
      const started = performance.now();
      expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
      expect(performance.now() - started).toBeGreaterThan(990);
      expect(notices[0]).toContain('asks for a wait of 1 s');
    },
  );

  it('may say when by a date', async () => {
    const retryAfter = new Date(Date.now() + 2000).toUTCString();
    place.gateway.faults.add({ fault: { kind: 'http', status: 503, retryAfter } });
    const started = performance.now();
    await connection.query('SELECT 1');
    expect(performance.now() - started).toBeGreaterThan(900);
  });

  it('is waited for with a limit', async () => {
    const impatient = await place.open({
      limits: { firstWaitMs: 10, longestWaitMs: 50, patienceMs: 300 },
    });
    place.gateway.faults.add({ fault: { kind: 'http', status: 503 }, times: 1000 });
    const started = performance.now();
    const error = await failing((await impatient.connect()).query('SELECT 1'));
    expect(performance.now() - started).toBeLessThan(3000);
    expect(error.message).toMatch(/does not respond \(HTTP 503\)/);
    expect(error.hint).toMatch(/stopped or starting/);
  });

  it('is not waited for at all when it asks for more patience than there is', async () => {
    place.gateway.faults.add({ fault: { kind: 'http', status: 429, retryAfter: '3600' } });
    const error = await failing(connection.query('SELECT 1'));
    expect(error.hint).toMatch(/Lower threads/);
  });

  it('does not keep a Ctrl-C waiting', async () => {
    place.gateway.faults.add({ fault: { kind: 'http', status: 503, retryAfter: '4' } });
    const started = performance.now();
    const work = connection.query('SELECT 1');
    setTimeout(() => connection.interrupt(), 100);
    await expect(work).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
    expect(performance.now() - started).toBeLessThan(2000);
    expect((await connection.query('SELECT 2')).rows).toEqual([[2]]);
  });

  it('when a session is opened is asked again too', async () => {
    const other = await place.open();
    place.gateway.faults.add({ method: 'OpenSession', fault: { kind: 'http', status: 503 } });
    expect((await (await other.connect()).query('SELECT 1')).rows).toEqual([[1]]);
  });
});

describe('a connection that breaks', () => {
  it.each(['reset-before', 'reset-after'] as const)(
    'by a %s does not stop a query',
    async (kind) => {
      place.gateway.faults.add({ fault: { kind } });
      expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
      expect(place.gateway.faults.pending).toBe(0);
    },
  );

  it('after a write was sent never sends it again, and says that it may have run', async () => {
    const one = insert();
    place.gateway.faults.add({ fault: { kind: 'reset-after' } });
    const error = await failing(connection.run(one.sql));
    expect(error.kind).toBe('io');
    expect(error.message).toMatch(/may or may not have run/);
    expect(one.taken()).toBe(1);
    expect(await one.rows()).toBe(1);
  });

  it('before a write arrived does not send it again either: the program cannot know', async () => {
    const one = insert();
    place.gateway.faults.add({ fault: { kind: 'reset-before' } });
    await failing(connection.run(one.sql));
    expect(one.taken()).toBe(0);
    expect(await one.rows()).toBe(0);
  });

  it('during a write that always ends alike ends its session, and runs it again in a new one', async () => {
    const sql = `CREATE OR REPLACE TABLE ${catalog}.faults.again USING DELTA AS SELECT 1 AS a`;
    place.gateway.faults.add({ fault: { kind: 'reset-after' } });
    const closed = place.gateway.recording.count('CloseSession');
    await connection.run(sql);
    const sessions = place.gateway.recording.statements
      .filter((statement) => statement.sql === sql)
      .map(({ session }) => session);
    expect(new Set(sessions).size).toBe(2);
    expect(place.gateway.recording.count('CloseSession') - closed).toBe(1);
    const { rows } = await connection.query(`SELECT * FROM ${catalog}.faults.again`);
    expect(rows).toEqual([[1]]);
  });

  it('for good is told after some attempts', async () => {
    place.gateway.faults.add({ fault: { kind: 'reset-before' }, times: 100 });
    const before = place.gateway.recording.sent(/^SELECT 77$/);
    const error = await failing(connection.query('SELECT 77'));
    expect(error.message).toMatch(/was lost/);
    expect(place.gateway.recording.sent(/^SELECT 77$/) - before).toBe(5);
  });

  it('while its state is asked does not matter', async () => {
    place.gateway.settings.directResultsMs = 0;
    try {
      const one = insert();
      for (const method of ['GetOperationStatus', 'GetResultSetMetadata', 'CloseOperation']) {
        place.gateway.faults.add({ method, fault: { kind: 'reset-after' } });
      }
      await connection.run(one.sql);
      expect(await one.rows()).toBe(1);
      expect(one.taken()).toBe(1);
    } finally {
      place.gateway.settings.directResultsMs = 5000;
    }
  });

  it('while rows are read reads them all again, and no row twice or never', async () => {
    place.gateway.faults.add({ method: 'FetchResults', fault: { kind: 'reset-after' } });
    const { rows } = await connection.query('SELECT id FROM range(30000) ORDER BY id');
    expect(rows).toHaveLength(30_000);
    expect(new Set(rows.map(([id]) => id)).size).toBe(30_000);
    expect(place.gateway.faults.pending).toBe(0);
  });

  it('in the middle of a stream is an error: its reader has seen rows already', async () => {
    const { batches } = await connection.stream('SELECT id FROM range(30000)');
    place.gateway.faults.add({ method: 'FetchResults', fault: { kind: 'reset-after' } });
    const read = async (): Promise<void> => {
      for await (const batch of batches) void batch;
    };
    expect((await failing(read())).message).toMatch(/was lost/);
    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });
});

describe('a slow answer', () => {
  it('is waited for', async () => {
    place.gateway.faults.add({ fault: { kind: 'slow', milliseconds: 1500 } });
    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });

  it('counts as lost after a limit, and a write ends with its session', async () => {
    const hasty = await place.open({ answerMs: 400 });
    const one = await hasty.connect();
    await one.query('SELECT 1');
    place.gateway.faults.add({ fault: { kind: 'slow', milliseconds: 1500 } });
    expect((await one.query('SELECT 2')).rows).toEqual([[2]]);
    const write = insert();
    place.gateway.faults.add({ fault: { kind: 'slow', milliseconds: 1500 } });
    expect((await failing(one.run(write.sql))).kind).toBe('io');
    // It is passed on by now, into a session that was closed before.
    await new Promise((done) => setTimeout(done, 2000));
    expect(write.taken()).toBe(1);
    expect(await write.rows()).toBe(0);
  });
});

describe('a session', () => {
  it('that expired is opened again, and the statement runs once', async () => {
    const one = insert();
    await connection.query('SELECT 1');
    const opened = place.gateway.recording.count('OpenSession');
    place.gateway.faults.add({ fault: { kind: 'session-lost' } });
    await connection.run(one.sql);
    expect(await one.rows()).toBe(1);
    expect(place.gateway.recording.count('OpenSession') - opened).toBe(1);
  });
});

describe('a token', () => {
  it('that expired in mid-run is named, with what to do, and is not tried again', async () => {
    place.tokens.clear();
    try {
      const calls = place.gateway.recording.calls.length;
      const error = await failing(connection.query('SELECT 1'));
      expect(error.kind).toBe('permission');
      expect(error.message).toMatch(/did not accept the token/);
      expect(error.hint).toMatch(/expired or been revoked/);
      expect(place.gateway.recording.calls.length - calls).toBe(1);
    } finally {
      place.tokens.add(token);
    }
    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });

  it('without rights is told from one that is not accepted', async () => {
    place.gateway.faults.add({ fault: { kind: 'http', status: 403 } });
    expect((await failing(connection.query('SELECT 1'))).hint).toMatch(
      /"Can use" on the warehouse/,
    );
  });

  it('in the text of a server is not shown', async () => {
    place.gateway.faults.add({
      fault: { kind: 'statement-fails', message: `[X] token ${token}\n\tat java.Stack(${token})` },
    });
    const error = await failing(connection.query('SELECT 1'));
    expect(error.message).toContain('*****');
  });
});

describe('a certificate', () => {
  it('that nobody vouches for is refused before the token is sent', async () => {
    const stranger = await standIn({ server: 'stranger' });
    try {
      const error = await failing((await (await stranger.open()).connect()).query('SELECT 1'));
      expect(error.message).toMatch(/certificate of localhost:\d+ cannot be verified/);
      expect(stranger.gateway.recording.calls).toEqual([]);
    } finally {
      await stranger.close();
    }
  });

  it('of a private authority is refused unless that is named', async () => {
    const engine = await place.open({ caCert: undefined });
    const calls = place.gateway.recording.calls.length;
    const error = await failing((await engine.connect()).query('SELECT 1'));
    expect(error.hint).toMatch(/private certificate authority/);
    expect(place.gateway.recording.calls.length).toBe(calls);
  });

  it('is asked for: a server without TLS never sees the token', async () => {
    let seen = '';
    const plain = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        seen += bytes.toString('latin1');
        socket.end('HTTP/1.1 200 OK\r\n\r\n');
      });
    });
    await new Promise<void>((done) => plain.listen(0, '127.0.0.1', done));
    const { port } = plain.address() as AddressInfo;
    const engine = await place.open({ host: `localhost:${port}` });
    await failing((await engine.connect()).query('SELECT 1'));
    expect(seen).not.toBe('');
    expect(seen).not.toContain(token);
    plain.close();
  });
});

describe('an address', () => {
  it('whose host does not exist is told after some attempts', async () => {
    const engine = await place.open({ host: 'no-such-workspace.invalid' });
    const error = await failing((await engine.connect()).query('SELECT 1'));
    expect(error.message).toMatch(/Cannot reach no-such-workspace.invalid/);
    expect(error.hint).toMatch(/Check the host/);
  });

  it('at which nobody listens is told too', async () => {
    const engine = await place.open({ host: 'localhost:1' });
    expect((await failing((await engine.connect()).query('SELECT 1'))).message).toMatch(
      /ECONNREFUSED/,
    );
  });

  it('with an unknown warehouse names it', async () => {
    const engine = await place.open({ httpPath: '/sql/1.0/warehouses/other' });
    const error = await failing((await engine.connect()).query('SELECT 1'));
    expect(error.message).toMatch(/has no warehouse \/sql\/1.0\/warehouses\/other/);
    expect(error.hint).toMatch(/http_path/);
  });
});

describe('a conflict of two transactions', () => {
  const conflict = (name: string) =>
    `[${name}] Files were added by a concurrent update. SQLSTATE: 2D521`;

  it.each(['DELTA_CONCURRENT_APPEND', 'DELTA_METADATA_CHANGED'])(
    'by %s is tried again: nothing of the statement was written',
    async (name) => {
      const one = insert();
      place.gateway.faults.add({
        fault: { kind: 'statement-fails', message: conflict(name) },
        times: 2,
      });
      await connection.run(one.sql);
      expect(await one.rows()).toBe(1);
    },
  );

  it('that does not end is told after some attempts', async () => {
    place.gateway.faults.add({
      fault: { kind: 'statement-fails', message: conflict('DELTA_CONCURRENT_APPEND') },
      times: 100,
    });
    const one = insert();
    const error = await failing(connection.run(one.sql));
    expect(error.kind).toBe('transaction');
    expect(await (place.gateway.faults.clear(), one.rows())).toBe(0);
  });

  it('of real writers loses no change', async () => {
    const name = `${catalog}.faults.shared`;
    await connection.run(
      `CREATE OR REPLACE TABLE ${name} USING DELTA AS SELECT 0 AS n FROM range(3)`,
    );
    const engine = await place.open({
      limits: { attempts: 10, firstWaitMs: 200, longestWaitMs: 2000 },
    });
    const writers = await Promise.all([1, 2, 3].map(() => engine.connect()));
    await Promise.all(writers.map((writer) => writer.run(`UPDATE ${name} SET n = n + 1`)));
    const { rows } = await connection.query(`SELECT DISTINCT n FROM ${name}`);
    expect(rows).toEqual([[3]]);
  });
});

describe('a warehouse without memory', () => {
  it('is told, and the statement is not sent again', async () => {
    place.gateway.faults.add({
      sql: /SELECT 88/,
      fault: {
        kind: 'statement-fails',
        message: 'Job aborted due to stage failure: java.lang.OutOfMemoryError: Java heap space',
      },
    });
    const error = await failing(connection.query('SELECT 88'));
    expect(error.kind).toBe('out-of-memory');
    expect(error.hint).toMatch(/larger warehouse/);
    expect(place.gateway.recording.sent(/SELECT 88/)).toBe(1);
  });
});

describe('an interrupt', () => {
  const log = (): string => readFileSync(join(inject('sparkFolder'), 'spark.log'), 'utf8');
  const cancelled = (): number => log().match(/cancel job group/gi)?.length ?? 0;
  // Runs for minutes when nobody ends it.
  const long =
    'SELECT count(*) FROM range(1000000) a CROSS JOIN range(10000000) b WHERE a.id * b.id = -1';

  it.each([0, 5000])(
    'ends the statement on the server too (first answer after %i ms)',
    async (ms) => {
      place.gateway.settings.directResultsMs = ms;
      const before = cancelled();
      try {
        const work = connection.query(long);
        setTimeout(() => connection.interrupt(), 1500);
        const started = performance.now();
        await expect(work).rejects.toMatchObject({ code: 'interrupted' });
        expect(performance.now() - started).toBeLessThan(4000);
        await expect.poll(cancelled, { timeout: 10_000 }).toBeGreaterThan(before);
      } finally {
        place.gateway.settings.directResultsMs = 5000;
      }
      expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
    },
  );

  it('of all connections refuses further statements, and leaves new connections alone', async () => {
    const engine = await place.open();
    const [a, b] = await Promise.all([engine.connect(), engine.connect()]);
    const work = a.query(long);
    await new Promise((done) => setTimeout(done, 500));
    engine.interruptAll();
    await expect(work).rejects.toMatchObject({ code: 'interrupted' });
    await expect(b.query('SELECT 1')).rejects.toMatchObject({ code: 'interrupted' });
    expect((await (await engine.connect()).query('SELECT 1')).rows).toEqual([[1]]);
  });
});

describe('what the driver says of itself', () => {
  it('goes to the warehouse alone', () => {
    // Telemetry would ask other paths.
    expect(place.gateway.recording.strangePaths).toEqual(['/sql/1.0/warehouses/other']);
    for (const agent of place.gateway.recording.userAgents) expect(agent).toContain('techstore');
  });
});
