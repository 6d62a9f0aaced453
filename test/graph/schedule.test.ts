import { describe, expect, it } from 'vitest';
import { runSchedule, type Work } from '../../src/graph/schedule.js';

const options = (over: object = {}) => ({
  threads: 2,
  blocks: (result: string) => result === 'error',
  skip: (_id: string, because: string) => `skipped because of ${because}`,
  stopped: () => false,
  ...over,
});

function work(id: string, after: string[], log: string[], result = 'ok', ms = 0): Work<string> {
  return {
    id,
    after,
    run: async () => {
      log.push(`start ${id}`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      log.push(`end ${id}`);
      return result;
    },
  };
}

describe('runSchedule', () => {
  it('starts a work after all its parents have ended', async () => {
    const log: string[] = [];
    await runSchedule(
      [work('c', ['a', 'b'], log), work('a', [], log, 'ok', 5), work('b', [], log, 'ok', 1)],
      options(),
    );
    expect(log.indexOf('start c')).toBeGreaterThan(log.indexOf('end a'));
    expect(log.indexOf('start c')).toBeGreaterThan(log.indexOf('end b'));
  });

  it('runs no more works at once than it has threads', async () => {
    let running = 0;
    let most = 0;
    const works = Array.from({ length: 9 }, (_, i) => ({
      id: `n${i}`,
      after: [],
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
        return 'ok';
      },
    }));
    await runSchedule(works, options({ threads: 3 }));
    expect(most).toBe(3);
  });

  it('skips everything below a failure because of that failure', async () => {
    const log: string[] = [];
    const results = await runSchedule(
      [
        work('a', [], log, 'error'),
        work('b', ['a'], log),
        work('c', ['b'], log),
        work('d', [], log),
      ],
      options(),
    );
    expect(Object.fromEntries(results)).toEqual({
      a: 'error',
      b: 'skipped because of a',
      c: 'skipped because of a',
      d: 'ok',
    });
  });

  it('takes a parent outside the schedule as done', async () => {
    const log: string[] = [];
    const results = await runSchedule([work('a', ['elsewhere'], log)], options());
    expect(results.get('a')).toBe('ok');
  });

  it('starts nothing more once it is stopped, and waits for what runs', async () => {
    const log: string[] = [];
    let stop = false;
    const results = await runSchedule(
      [work('a', [], log, 'ok', 2), work('b', ['a'], log)],
      options({ stopped: () => stop, done: () => (stop = true) }),
    );
    expect([...results.keys()]).toEqual(['a']);
    expect(log).toEqual(['start a', 'end a']);
  });

  it('rejects when a work throws, which is a defect', async () => {
    const broken: Work<string> = { id: 'a', after: [], run: () => Promise.reject(new Error('no')) };
    await expect(runSchedule([broken], options())).rejects.toThrow('no');
  });
});
