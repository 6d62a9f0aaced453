import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  carriedOverMessage,
  readRunResults,
  runResultsJson,
  writeArtifact,
} from '../../src/artifacts/index.js';
import { TechstoreError } from '../../src/errors.js';
import type { NodeResult, RunResult } from '../../src/manifest/results.js';
import { info, manifest } from './every-kind.js';
import { faultsBy } from './schemas.js';

const startedAt = new Date('2025-06-30T12:00:00Z');
const completedAt = new Date('2025-06-30T12:00:02.500Z');

function node(uniqueId: string, status: NodeResult['status'], more: Partial<NodeResult> = {}) {
  return {
    uniqueId,
    status,
    message: null,
    rows: null,
    failures: null,
    timing: [{ name: 'execute' as const, startedAt, completedAt }],
    executionTime: 2.5,
    thread: 'Thread-1',
    compiledCode: null,
    compiledPath: null,
    relationName: null,
    relationType: null,
    failuresRelation: null,
    failuresPlace: null,
    sample: null,
    skippedBecauseOf: null,
    carriedOver: false,
    place: null,
    ...more,
  };
}

const run: RunResult = {
  invocationId: info.invocationId,
  command: 'build',
  args: { select: ['orders+'], fullRefresh: true, vars: '{least: 2}', projectDir: 'shop' },
  vars: { least: 2 },
  startedAt,
  completedAt,
  asOf: null,
  results: [
    node('model.shop.orders', 'success', { message: 'table', rows: 3, compiledCode: 'select 2' }),
    node('test.shop.adds_up', 'warn', {
      failures: 2,
      message: 'Got 2 results',
      failuresRelation: '"shop"."main"."adds_up"',
    }),
    node('unit_test.shop.orders.counts', 'pass', { failures: 0 }),
    node('seed.shop.countries', 'success', { carriedOver: true, message: 'seed' }),
    node('model.shop.customers', 'error', { message: 'It broke' }),
    node('analysis.shop.revenue', 'skipped', { skippedBecauseOf: 'model.shop.customers' }),
    node('exposure.shop.dashboard', 'no-op'),
  ],
};

interface Artifact {
  readonly results: readonly Record<string, unknown>[];
  readonly args: Record<string, unknown>;
  readonly elapsed_time: number;
}

const json = JSON.parse(JSON.stringify(runResultsJson(run, manifest, info))) as Artifact;

describe('run_results.json', () => {
  const faults = faultsBy('run-results-v6');

  it("is valid by dbt's schema", () => {
    expect(faults(json)).toEqual([]);
    expect(faults({ ...json, results: [{ status: 'fine' }] })).not.toEqual([]);
  });

  it('tells what a node did', () => {
    expect(json.results[0]).toEqual({
      status: 'success',
      timing: [
        {
          name: 'execute',
          started_at: '2025-06-30T12:00:00.000Z',
          completed_at: '2025-06-30T12:00:02.500Z',
        },
      ],
      thread_id: 'Thread-1',
      execution_time: 2.5,
      adapter_response: { _message: 'OK', rows_affected: 3 },
      message: 'table',
      failures: null,
      unique_id: 'model.shop.orders',
      compiled: true,
      compiled_code: 'select 2',
      relation_name: '"shop"."main"."orders"',
      batch_results: null,
    });
    expect(json.results[1]).toMatchObject({
      status: 'warn',
      failures: 2,
      relation_name: '"shop"."main"."adds_up"',
    });
    expect(json.elapsed_time).toBe(2.5);
  });

  it('says what was carried over', () => {
    expect(json.results[3]).toMatchObject({ status: 'success', message: carriedOverMessage });
  });

  it("keeps the arguments by dbt's names and by its own", () => {
    expect(json.args).toEqual({
      which: 'build',
      select: ['orders+'],
      full_refresh: true,
      project_dir: 'shop',
      // A map, as dbt has it; the text is what retry reads again.
      vars: { least: 2 },
      techstore: {
        select: ['orders+'],
        fullRefresh: true,
        projectDir: 'shop',
        vars: '{least: 2}',
      },
    });
  });
});

describe('files in the target folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });

  async function faultOf(work: Promise<unknown>): Promise<TechstoreError> {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof TechstoreError) return error;
    throw new Error('no TechstoreError was thrown', { cause: error });
  }

  it('are written whole, in a folder made for them, over the last ones', async () => {
    const target = join(folder, 'a', 'target');
    await writeArtifact(target, 'x.json', { a: 1 });
    await writeArtifact(target, 'x.json', { a: 2 });
    expect(readFileSync(join(target, 'x.json'), 'utf8')).toBe('{"a":2}');
    expect(readdirSync(target)).toEqual(['x.json']);
  });

  it('say why they can not be written, and leave nothing behind', async () => {
    writeFileSync(join(folder, 'target'), '');
    const error = await faultOf(writeArtifact(join(folder, 'target'), 'x.json', {}));
    expect(error.message).toMatch(/x\.json cannot be written: a file exists where the folder/);
    expect(error.hint).toMatch(/target-path/);
    const nested = await faultOf(writeArtifact(join(folder, 'target', 'b'), 'x.json', {}));
    expect(nested.message).toMatch(/a part of the path is a file/);
    expect(readdirSync(folder)).toEqual(['target']);
  });

  it('are read back for retry', async () => {
    await writeArtifact(folder, 'run_results.json', runResultsJson(run, manifest, info));
    const last = await readRunResults(folder);
    expect(last.command).toBe('build');
    expect(last.args).toEqual({
      select: ['orders+'],
      fullRefresh: true,
      projectDir: 'shop',
      vars: '{least: 2}',
    });
    expect(last.results[4]).toEqual({ uniqueId: 'model.shop.customers', status: 'error' });
  });

  it.each([
    ['{', /is not valid JSON/],
    ['[]', /contains no run results/],
    ['{"results": [], "args": {"which": "build"}}', /was written by another program/],
    [
      '{"results": [{"status": "pass"}], "args": {"which": "build", "techstore": {}}}',
      /a result without unique_id or status/,
    ],
  ])('are refused for retry where they hold %s', async (text, message) => {
    writeFileSync(join(folder, 'run_results.json'), text);
    const error = await faultOf(readRunResults(folder));
    expect(error.code).toBe('usage');
    expect(error.message).toMatch(message);
  });

  it('are missed for retry where there are none', async () => {
    const error = await faultOf(readRunResults(folder));
    expect(error.message).toBe('No earlier run exists that could be retried');
    expect(error.hint).toMatch(/build, run, test or seed/);
  });
});
