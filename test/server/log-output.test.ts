import fc from 'fast-check';
import type { writeSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LogOutput } from '../../src/server/observe/log-output.js';

/** What the operating system does with the next bytes: takes so many of them, or refuses. */
type Turn = number | 'EAGAIN' | 'ENOSPC' | 'EPIPE' | 'EIO';

/** A log whose every write goes as the next turn says; all bytes are taken when there is none left. */
function logOf(turns: Turn[]): { log: LogOutput; text: () => string } {
  let text = '';
  const write = (_: number, bytes: Buffer, offset: number, length: number): number => {
    const turn = turns.shift() ?? length;
    if (typeof turn === 'string') throw Object.assign(new Error(turn), { code: turn });
    const taken = Math.min(turn, length);
    text += bytes.subarray(offset, offset + taken).toString();
    return taken;
  };
  return { log: new LogOutput(2, write as typeof writeSync), text: () => text };
}

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a log', () => {
  test('that takes everything gets every line as it is', () => {
    const { log, text } = logOf([]);
    log.write('{"n":1}\n');
    log.write('{"n":2}\n');

    expect(text()).toBe('{"n":1}\n{"n":2}\n');
    expect(log.lost).toBe(0);
  });

  test.each(['ENOSPC', 'EPIPE', 'EIO'] as const)(
    'that fails with %s loses lines, counts them, and says so when it works again',
    (code) => {
      const { log, text } = logOf([code, code, code]);
      for (let n = 1; n <= 4; n++) log.write(`{"n":${n}}\n`);

      expect(log.lost).toBe(3);
      expect(linesOf(text())).toEqual([
        expect.objectContaining({ level: 40, lost: 3 }) as unknown,
        { n: 4 },
      ]);
      log.write('{"n":5}\n');
      expect(linesOf(text()).slice(2)).toEqual([{ n: 5 }]);
    },
  );

  test('that fails again while it tells what is missing forgets none', () => {
    const { log, text } = logOf(['ENOSPC', 'ENOSPC']);
    log.write('{"n":1}\n');
    log.write('{"n":2}\n');
    log.write('{"n":3}\n');

    expect(log.lost).toBe(2);
    expect(linesOf(text())).toEqual([expect.objectContaining({ lost: 2 }) as unknown, { n: 3 }]);
  });

  test('whose disk fills up in the middle of a line ends the line later', () => {
    const { log, text } = logOf([4, 'ENOSPC']);
    log.write('{"n":1}\n');
    log.write('{"n":2}\n');

    expect(text()).toBe('{"n":1}\n{"n":2}\n');
    expect(log.lost).toBe(0);
  });

  test('whose reader is slow for a moment gets every line, in order', async () => {
    const { log, text } = logOf(['EAGAIN', 3, 'EAGAIN', 'EAGAIN']);
    for (let n = 1; n <= 3; n++) log.write(`{"n":${n}}\n`);
    await log.end();

    expect(linesOf(text())).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(log.lost).toBe(0);
  });

  test('whose reader does not read takes a bounded part of the memory', () => {
    const never = (): never => {
      throw Object.assign(new Error('EAGAIN'), { code: 'EAGAIN' });
    };
    const log = new LogOutput(2, never);
    const line = `${JSON.stringify({ text: 'x'.repeat(1000) })}\n`;
    for (let i = 0; i < 5000; i++) log.write(line);

    // One MiB of them waits.
    expect(log.lost).toBe(5000 - Math.floor((1024 * 1024) / line.length));
  });

  test('whatever happens, has whole lines in order, and says how many are missing before each', () => {
    const turn = fc.oneof(
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom<Turn>('EAGAIN', 'ENOSPC', 'EIO'),
    );
    fc.assert(
      fc.property(
        fc.array(turn, { maxLength: 30 }),
        fc.integer({ min: 1, max: 20 }),
        (turns, count) => {
          const { log, text } = logOf([...turns]);
          for (let n = 0; n < count; n++) log.write(`{"n":${n}}\n`);
          // The turns are over: everything is taken from here on.
          for (let n = count; n < count + 31; n++) log.write(`{"n":${n}}\n`);

          const lines = linesOf(text());
          const missing = lines.map((line) => ('lost' in line ? Number(line['lost']) : 0));
          const total = missing.reduce((sum, lost) => sum + lost, 0);
          let next = 0;
          const isInOrder = lines.every((line, i) => {
            next += missing[i] as number;
            return 'lost' in line || line['n'] === next++;
          });
          return isInOrder && next === count + 31 && total === log.lost;
        },
      ),
      { numRuns: 2000 },
    );
  });
});
