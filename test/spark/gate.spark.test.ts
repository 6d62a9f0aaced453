/** What readers see on a warehouse while builds fail, die, meet and end. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catalog, standIn, type StandIn } from './support.js';
import type { Ran } from './shop.js';
import { TinyShop, type Started } from './tiny-shop.js';

let place: StandIn;
let shop: TinyShop;

beforeAll(async () => {
  place = await standIn();
  shop = await TinyShop.make(place, 'gate');
  succeeded(await shop.run('build'));
});
afterEach(() => {
  expect(place.gateway.recording.errors).toEqual([]);
  place.gateway.faults.clear();
});
afterAll(async () => {
  shop.remove();
  await place.close();
});

function succeeded(ran: Ran): void {
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
}

/** Waits until the program has sent a statement that matches. */
async function sent(sql: RegExp): Promise<void> {
  const { recording } = place.gateway;
  for (const until = Date.now() + 120_000; recording.sent(sql) === 0;) {
    if (Date.now() > until) throw new Error(`${sql} was never sent`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A build that hangs at a statement for long enough to do something to it. */
async function hangingAt(sql: RegExp, ...args: readonly string[]): Promise<Started> {
  place.gateway.recording.clear();
  place.gateway.faults.add({ fault: { kind: 'held', milliseconds: 20_000 }, sql });
  const started = shop.start('build', ...args);
  await sent(sql);
  return started;
}

const makesCounted = /CREATE OR REPLACE TABLE .*counted/is;
const publishesCounted = /(CREATE OR REPLACE|ALTER) VIEW .*`gate`\.`counted`/is;

describe('a build that does not come to its end', () => {
  it('leaves what is published as it was when a test fails, and the next one clears up', async () => {
    const before = await shop.published();
    await shop.addPlaces(3, 3);
    const failed = await shop.run('build');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/Not published/);
    expect(await shop.published()).toEqual(before);
    expect(await shop.states()).toEqual(['published', 'failed']);
    expect(await shop.schemas()).toHaveLength(2);
    const asked = await shop.run('query', '--build', 'failed', 'select count(*) as n from cities');
    expect(asked.stdout).toContain('4');

    await shop.sql(`DELETE FROM ${shop.name('places')} WHERE id = 3`);
    await shop.addPlaces(3);
    succeeded(await shop.run('build'));
    expect(await shop.published()).toEqual([3, 3]);
    expect(await shop.states()).toEqual(['kept', 'published']);
    expect(await shop.schemas()).toHaveLength(2);
  });

  it('changes nothing when it is killed, and the next one clears up', async () => {
    const before = await shop.published();
    const { child, ended } = await hangingAt(makesCounted);
    child.kill('SIGKILL');
    await ended;
    expect(await shop.published()).toEqual(before);
    expect(await shop.states()).toEqual(['kept', 'published', 'running']);
    const schemas = await shop.schemas();
    succeeded(await shop.run('build'));
    expect(await shop.states()).toEqual(['kept', 'kept', 'published']);
    // Its own schema has come, and that of the killed one is gone.
    const now = await shop.schemas();
    expect(now).toHaveLength(schemas.length);
    expect(schemas.filter((schema) => !now.includes(schema))).toHaveLength(1);
  });

  it('ends with 130 at Ctrl-C, cancels what runs on the server, and leaves nothing', async () => {
    const left = { published: await shop.published(), schemas: await shop.schemas() };
    place.gateway.recording.clear();
    // Runs for minutes if nobody cancels it.
    shop.write(
      'models/cities.sql',
      "{{ config(materialized='table') }} select max(a.id + b.id) as id, 'x' as city from range(1000000) a cross join range(1000000) b\n",
    );
    const { child, ended } = shop.start('build', '--threads', '1');
    await sent(/CREATE OR REPLACE TABLE .*cities/is);
    const { recording } = place.gateway;
    // Spark has given it a handle once the program asks for its state.
    const before = recording.count('GetOperationStatus');
    while (recording.count('GetOperationStatus') === before)
      await new Promise((done) => setTimeout(done, 50));
    child.kill('SIGINT');
    const ran = await ended;
    shop.write(
      'models/cities.sql',
      "{{ config(materialized='table') }} select id, city from {{ source('raw', 'places') }}\n",
    );
    expect(ran.code).toBe(130);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(recording.count('CancelOperation')).toBeGreaterThan(0);
    expect({ published: await shop.published(), schemas: await shop.schemas() }).toEqual(left);
    expect(await shop.states()).not.toContain('running');
  });

  it('is published by the next one when it is killed between two names', async () => {
    await shop.addPlaces(4);
    const { child, ended } = await hangingAt(publishesCounted, '--threads', '1');
    child.kill('SIGKILL');
    await ended;
    expect(await shop.states()).toContain('finished');
    await shop.addPlaces(5);
    const next = await shop.run('build');
    succeeded(next);
    expect(next.stdout + next.stderr).toMatch(
      /was interrupted while it was being published. It is now published/,
    );
    expect(await shop.published()).toEqual([5, 5]);
    expect(await shop.states()).not.toContain('finished');
  });

  it('is taken back when a name can not be set', async () => {
    const before = await shop.published();
    await shop.addPlaces(6);
    place.gateway.faults.add({
      fault: { kind: 'statement-fails', message: '[INSUFFICIENT_PERMISSIONS] no right' },
      sql: publishesCounted,
    });
    // Both names at once: the one that could be set has to be set back.
    const ran = await shop.run('build', '--threads', '4');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('no right');
    expect(await shop.published()).toEqual(before);
    expect(await shop.states()).not.toContain('finished');
    succeeded(await shop.run('build'));
    expect(await shop.published()).toEqual([6, 6]);
  });
});

describe('two builds', () => {
  it('do not run at the same time: the second one is refused, or waits', async () => {
    const { ended } = await hangingAt(makesCounted);
    const second = await shop.run('build');
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(
      /Another build is running: techstore build by .* \(process \d+\)/,
    );
    expect(second.stderr).toContain('--wait');
    const third = shop.start('build', '--wait', '120');
    succeeded(await ended);
    const waited = await third.ended;
    succeeded(waited);
    expect(waited.stdout + waited.stderr).toContain('Waiting for another build');
  });

  it('that begin at the same instant do not both run', async () => {
    const builds = await Promise.all([shop.run('build'), shop.run('build')]);
    const codes = builds.map(({ code }) => code).sort();
    expect(codes, JSON.stringify(builds)).toEqual([0, 2]);
    expect(await shop.states()).not.toContain('running');
  });
});

describe('a build of another machine', () => {
  it('holds up others until ten minutes after its last sign of life', async () => {
    await shop.sql(`INSERT INTO ${shop.name('techstore_builds')} SELECT
      '20260101T000000Z-0000', 'running', 'techstore build', current_timestamp(),
      CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP), 'gate__b20260101t000000z_0000',
      '{"host":"elsewhere","pid":1,"user":"ada","details":null,"names":[]}',
      CAST(NULL AS STRING), current_timestamp() - INTERVAL 5 MINUTES`);
    const refused = await shop.run('build');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      'Another build is running: techstore build by ada on elsewhere',
    );
    await shop.sql(
      `UPDATE ${shop.name('techstore_builds')} SET seen_at = current_timestamp() - INTERVAL 11 MINUTES WHERE state = 'running'`,
    );
    succeeded(await shop.run('build'));
    expect(await shop.states()).not.toContain('running');
  });
});

describe('readers', () => {
  it('find every table, whole, while builds are published', async () => {
    const [start] = await shop.published();
    let ended = false;
    const seen = new Set<number>();
    const faults: unknown[] = [];
    const reading = (async () => {
      const connection = await (await place.open()).connect();
      while (!ended) {
        try {
          const { rows } = await connection.query(`SELECT count(*) FROM ${shop.name('cities')}`);
          seen.add(Number(rows[0]?.[0]));
        } catch (error) {
          faults.push(error);
        }
      }
    })();
    for (const id of [7, 8]) {
      await shop.addPlaces(id);
      succeeded(await shop.run('build'));
    }
    ended = true;
    await reading;
    expect(faults).toEqual([]);
    expect([...seen].sort()).toEqual([start, start + 1, start + 2]);
  });

  it('of the program get one build and no other, also between two names', async () => {
    await shop.addPlaces(9);
    const { ended } = await hangingAt(publishesCounted, '--threads', '1');
    // The one name shows the new build already, the other one the build before.
    const [cities, counted] = await shop.published();
    expect(cities - counted).toBe(1);
    const { stdout } = await shop.run(
      ...['query', '--json', 'select (select count(*) from cities) as a, n as b from counted'],
    );
    expect(JSON.parse(stdout)).toEqual([{ a: counted, b: counted }]);
    // Nobody may begin while names are set.
    const second = await shop.run('build');
    expect(second.stderr).toContain('Another build is running');
    succeeded(await ended);
    expect(await shop.published()).toEqual([cities, cities]);
  });
});

describe('a selection', () => {
  it('makes a build that is whole, with views on what it left alone', async () => {
    succeeded(await shop.run('build', '--select', 'counted'));
    const [schema] = (await shop.schemas()).slice(-1);
    const views = await shop.sql(`SHOW VIEWS IN ${catalog}.${schema}`);
    expect(views.map(([, name]) => name)).toEqual(['cities']);
    const shown = await shop.run('show', 'cities', '--limit', '1', '--json');
    expect(JSON.parse(shown.stdout)).toHaveLength(1);
  });

  it('leaves a view on the tables that it was made from', async () => {
    shop.write(
      'models/shown.sql',
      "{{ config(materialized='view', schema='marts') }} select count(*) as n from {{ ref('cities') }}\n",
    );
    succeeded(await shop.run('build', '--select', 'shown'));
    const shown = async (): Promise<number> => {
      const [row] = await shop.sql(`SELECT n FROM ${catalog}.${shop.schema}_marts.shown`);
      return Number(row?.[0]);
    };
    const [before] = await shop.published();
    expect(await shown()).toBe(before);
    await shop.addPlaces(20);
    succeeded(await shop.run('build', '--select', 'cities'));
    expect((await shop.published())[0]).toBe(before + 1);
    expect(await shown()).toBe(before);
    shop.delete('models/shown.sql');
    succeeded(await shop.run('build'));
    expect(await shop.published()).toEqual([before + 1, before + 1]);
  });

  it('that would publish two dates is refused, and nothing is left of it', async () => {
    const before = await shop.published();
    const ran = await shop.run('build', '--select', 'cities', '--as-of', '2024-02-29');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('would publish inconsistent tables: counted would stay as of');
    expect(await shop.published()).toEqual(before);
    const states = await shop.states();
    expect(states.filter((state) => !['kept', 'published'].includes(state))).toEqual([]);
    expect(await shop.schemas()).toHaveLength(states.length);
  });
});

describe('kept builds', () => {
  it('are compared', async () => {
    await shop.addPlaces(10);
    succeeded(await shop.run('build'));
    const { stdout } = await shop.run('builds', 'diff', '--json');
    const { tables } = JSON.parse(stdout) as {
      tables: { table: string; status: string; rows: { added: number } }[];
    };
    expect(tables.map(({ table, status }) => [table, status])).toEqual([
      ['cities', 'changed'],
      ['counted', 'changed'],
    ]);
    expect(tables[0]?.rows.added).toBe(1);
  });

  it('are published again by a rollback, and a new build goes on from there', async () => {
    const [now] = await shop.published();
    succeeded(await shop.run('builds', 'rollback'));
    expect(await shop.published()).toEqual([now - 1, now - 1]);
    expect((await shop.states()).slice(-2)).toEqual(['published', 'rolled back']);
    succeeded(await shop.run('build'));
    expect(await shop.published()).toEqual([now, now]);
  });

  it('stay as they are where a rollback can not set a name', async () => {
    const before = await shop.published();
    const states = await shop.states();
    place.gateway.faults.add({
      fault: { kind: 'statement-fails', message: '[INSUFFICIENT_PERMISSIONS] no right' },
      sql: publishesCounted,
    });
    const ran = await shop.run('builds', 'rollback');
    expect(ran.code).toBe(2);
    expect(await shop.published()).toEqual(before);
    expect(await shop.states()).toEqual(states);
  });

  it('are removed by prune, but not the published one', async () => {
    const before = await shop.published();
    const { stdout } = await shop.run('builds', 'prune', '--keep', '1');
    expect(stdout).toMatch(/^Removed \d builds: /);
    expect(await shop.states()).toEqual(['published']);
    expect(await shop.schemas()).toHaveLength(1);
    expect(await shop.published()).toEqual(before);
  });

  it('lose no table by a prune that a later build still shows', async () => {
    succeeded(await shop.run('build', '--select', 'counted'));
    succeeded(await shop.run('builds', 'prune', '--keep', '1'));
    const [cities, counted] = await shop.published();
    expect(cities).toBe(counted);
  });
});

describe('a name', () => {
  it('that the project has no more is published no more', async () => {
    shop.write('models/gone.sql', 'select 1 as one\n');
    succeeded(await shop.run('build'));
    expect(await shop.sql(`SELECT * FROM ${shop.name('gone')}`)).toHaveLength(1);
    shop.delete('models/gone.sql');
    succeeded(await shop.run('build'));
    const left = await shop.sql(`SHOW VIEWS IN ${catalog}.${shop.schema}`);
    expect(left.map(([, name]) => name)).toEqual(['cities', 'counted']);
  });

  it('that somebody else gave to a table or a view is left alone, and told', async () => {
    await shop.sql(`CREATE TABLE ${shop.name('taken')} (a INT) USING DELTA`);
    await shop.sql(`CREATE VIEW ${shop.name('seen')} AS SELECT 7 AS one`);
    shop.write('models/taken.sql', 'select 1 as one\n');
    shop.write('models/seen.sql', 'select 1 as one\n');
    const ran = await shop.run('build');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`table ${shop.name('taken')}`);
    expect(ran.stderr).toContain(`view ${shop.name('seen')}`);
    expect(await shop.sql(`DESCRIBE TABLE ${shop.name('taken')}`)).toHaveLength(1);
    expect(await shop.sql(`SELECT one FROM ${shop.name('seen')}`)).toEqual([[7]]);
  });
});
