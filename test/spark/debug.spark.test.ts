/** `debug` names what is wrong between this machine and the tables, and what to do about it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databricksOutput, program, writeProfiles } from './shop.js';
import { standIn, token, type StandIn } from './support.js';

let place: StandIn;
let stranger: StandIn;
let dir: string;
beforeAll(async () => {
  place = await standIn();
  stranger = await standIn({ server: 'stranger' });
  dir = mkdtempSync(join(tmpdir(), 'techstore-debug-'));
  writeFileSync(join(dir, 'dbt_project.yml'), 'name: empty\nprofile: techstore_dbt\n');
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await place.close();
  await stranger.close();
});

const debugging = (more: Readonly<Record<string, unknown>>) => {
  writeProfiles(dir, { ...databricksOutput(place, 'debugged'), ...more });
  return program(dir, ['debug', '--target', 'databricks']);
};

it('says that all is well, line by line, and leaves nothing behind', async () => {
  place.gateway.recording.clear();
  const ran = await debugging({});
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
  for (const name of ['host', 'tls', 'warehouse', 'catalog', 'schema', 'rights'])
    expect(ran.stdout).toMatch(new RegExp(`\\b${name}\\b`));
  expect(place.gateway.recording.sent(/DROP SCHEMA/)).toBe(1);
});

it.each([
  [
    'a host that there is not',
    () => ({ host: 'warehouse.invalid' }),
    ['The host warehouse.invalid does not exist', 'Server hostname'],
  ],
  [
    'a port on which nobody listens',
    () => ({ host: 'localhost:1' }),
    ['localhost:1 cannot be reached', 'Check the host'],
  ],
  [
    'a certificate of a stranger',
    () => ({ host: `localhost:${stranger.gateway.port}` }),
    ['certificate of localhost cannot be verified', 'ca_file'],
  ],
  ['a token that is refused', () => ({ token: 'dapi-of-nobody' }), ['token']],
  [
    'a path of no warehouse',
    () => ({ http_path: '/sql/1.0/warehouses/none' }),
    ['/sql/1.0/warehouses/none'],
  ],
  [
    'a catalog that there is not',
    () => ({ catalog: 'nowhere' }),
    ['The catalog nowhere cannot be used', 'USE CATALOG'],
  ],
])('names %s', async (_, more, says) => {
  const ran = await debugging(more());
  const text = ran.stdout + ran.stderr;
  expect(ran.code, text).toBe(2);
  for (const part of says) expect(text).toContain(part);
  expect(text).not.toContain(token);
  expect(text).not.toContain('dapi-of-nobody');
});

it('names the right that is missing', async () => {
  place.gateway.faults.add({
    fault: { kind: 'statement-fails', message: '[INSUFFICIENT_PERMISSIONS] no CREATE SCHEMA' },
    sql: /CREATE SCHEMA/,
  });
  const ran = await debugging({});
  expect(ran.code).toBe(2);
  expect(ran.stdout + ran.stderr).toMatch(/No permission to create a schema.*GRANT USE CATALOG/s);
});
