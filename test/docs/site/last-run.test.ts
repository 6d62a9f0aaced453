/** Results in the shape that dbt 1.11 writes. */
import { expect, test } from 'vitest';
import { lastRunOf } from '../../../src/docs/last-run.js';

const result = {
  status: 'success',
  timing: [
    {
      name: 'compile',
      started_at: '2025-06-30T10:00:01.500000Z',
      completed_at: '2025-06-30T10:00:02Z',
    },
    { name: 'execute', started_at: '2025-06-30T10:00:02Z', completed_at: '2025-06-30T10:00:04Z' },
  ],
  thread_id: 'Thread-1 (worker)',
  execution_time: 2.5,
  adapter_response: { _message: 'OK', rows_affected: 12 },
  message: 'OK',
  failures: null,
  unique_id: 'model.shop.orders',
};

const run = (which: string, results: unknown[] = [result]) => ({
  metadata: { generated_at: '2025-06-30T10:00:05Z', invocation_id: 'abc' },
  args: { which, target: 'prod' },
  elapsed_time: 4.2,
  results,
});

test('A run has a command, a time, a target and results', () => {
  expect(lastRunOf(run('build'))).toEqual({
    command: 'build',
    invocationId: 'abc',
    generatedAt: new Date('2025-06-30T10:00:05Z'),
    elapsed: 4.2,
    target: 'prod',
    results: [
      {
        id: 'model.shop.orders',
        status: 'success',
        message: 'OK',
        thread: 'Thread-1 (worker)',
        startedAt: new Date('2025-06-30T10:00:01.500Z'),
        completedAt: new Date('2025-06-30T10:00:04Z'),
        seconds: 2.5,
        failures: null,
        rows: 12,
        reused: false,
      },
    ],
  });
});

test.each(['compile', 'generate', 'list', 'freshness'])('%s is no run', (which) => {
  expect(lastRunOf(run(which))).toBeNull();
});

test('A skipped node has no times, and what is no result is passed over', () => {
  const skipped = { unique_id: 'model.shop.b', status: 'skipped', timing: [] };
  const found = lastRunOf(run('run', [skipped, null, 3, { unique_id: 4 }]))?.results;
  expect(found).toMatchObject([{ id: 'model.shop.b', startedAt: null, completedAt: null }]);
  expect(found).toHaveLength(1);
});

test.each([null, [], 'x', {}, { results: [] }, { ...run('build'), metadata: {} }])(
  'What is no run_results.json is none: %j',
  (json) => {
    expect(lastRunOf(json)).toBeNull();
  },
);
