import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bareEnvironment, program, type Shop } from '../helpers/shop.js';
import { built } from './support.js';

let shop: Shop;
beforeAll(() => (shop = built()));
afterAll(() => shop.remove());

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of shell in the shop's folder in which `techstore` is the program. */
function inShell(line: string): Ended {
  const done = spawnSync('/bin/bash', ['-c', `techstore() { "$NODE" "$PROGRAM" "$@"; }\n${line}`], {
    cwd: shop.dir,
    encoding: 'utf8',
    env: { ...bareEnvironment(), NODE: process.execPath, PROGRAM: program },
    timeout: 30_000,
  });
  return { status: done.status, stdout: done.stdout, stderr: done.stderr };
}

const full = 'the disk is full';

describe('Output that can not be written is told in one line, with exit code 2', () => {
  test.each([
    ["query --csv 'select 1'"],
    ["query --json 'from range(10000000)'"],
    ["query 'select 1'"],
    ['ls'],
    ['lineage'],
    ['lineage --json'],
    ['builds list'],
    ['builds show -q --json'],
    ['show clean'],
    ['--help'],
    ['query --help'],
    ['completion bash'],
  ])('%s > /dev/full', (command) => {
    expect(inShell(`techstore ${command} >/dev/full`)).toEqual({
      status: 2,
      stdout: '',
      stderr: `Error: The answer cannot be written: ${full}.\n`,
    });
  });

  test('an error that can not be told still has its exit code', () => {
    expect(inShell('techstore query "from nothing" 2>/dev/full')).toMatchObject({ status: 2 });
  });
});

describe('What was done is told all the same', () => {
  test('by a build whose summary is lost', () => {
    const done = inShell(
      'techstore build --full-refresh >/dev/full 2>err; code=$?; tail -1 err; exit $code',
    );
    expect(done.status).toBe(2);
    expect(done.stdout).toMatch(
      /^Error: The answer cannot be written: the disk is full\. Build \S+ is published\.\n$/,
    );
    const [, id = ''] = /Build (\S+) is published/.exec(done.stdout) ?? [];
    expect(publishedBuild()).toBe(id);
  });

  test('by a build whose progress is lost: its summary stands on stdout', () => {
    const done = inShell('techstore build --full-refresh 2>/dev/full');
    expect(done.status).toBe(2);
    expect(done.stdout).toContain(`Published build ${publishedBuild()} to techstore.duckdb`);
  });

  test('by a build whose reader goes away in the middle', () => {
    const done = inShell('techstore build --full-refresh 2>&1 | head -1; exit ${PIPESTATUS[0]}');
    expect(done.status).toBe(2);
    expect(shop.run('builds', 'list', '--csv').stdout.split('published')).toHaveLength(2);
  });

  test('by a rollback', () => {
    const before = publishedBuild();
    const done = inShell('techstore builds rollback >/dev/full');
    const now = publishedBuild();
    expect(now).not.toBe(before);
    expect(done).toEqual({
      status: 2,
      stdout: '',
      stderr: `Error: The answer cannot be written: ${full}. Build ${now} is published again.\n`,
    });
  });

  test('by an export', () => {
    expect(inShell('techstore export clean --to out --as csv >/dev/full')).toEqual({
      status: 2,
      stdout: '',
      stderr: `Error: The answer cannot be written: ${full}. 1 file is written to out.\n`,
    });
  });
});

test('A run whose artifacts can not be written tells its summary, and what stays in the way', () => {
  const done = inShell(
    'rm -f target/manifest.json && mkdir target/manifest.json && techstore build --full-refresh; code=$?; rmdir target/manifest.json; exit $code',
  );
  expect(done.status).toBe(2);
  expect(done.stdout).toContain(`Published build ${publishedBuild()} to techstore.duckdb`);
  expect(done.stderr).toContain('target/manifest.json cannot be written');
  expect(done.stderr).toMatch(/Done before that: Build \S+ is published\.\n$/);
});

test('A reader that has enough ends a command quietly that only answers', () => {
  for (const command of ['ls', 'lineage', 'builds list --csv']) {
    const done = inShell(`techstore ${command} | true; exit \${PIPESTATUS[0]}`);
    expect(done, command).toEqual({ status: 0, stdout: '', stderr: '' });
  }
});

function publishedBuild(): string {
  const [, ...lines] = shop.run('builds', 'list', '--csv').stdout.split('\r\n');
  return lines.find((line) => line.split(',')[1] === 'published')?.split(',')[0] ?? '';
}
