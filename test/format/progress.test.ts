import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import stringWidth from 'string-width';
import { stripVTControlCharacters } from 'node:util';
import { liveProgress } from '../../src/cli/progress-live.js';
import { plainProgress } from '../../src/cli/progress.js';
import { terminalOf } from '../../src/cli/terminal.js';
import { Kept } from './rows/written.js';
import { dataTest, model, result } from './shop-run.js';

const orders = model('silver_orders', 'silver', []);
const longName = model('gold_日本語のとても長い名前のモデルです', 'gold', []);
const idThere = dataTest('not_null_silver_orders_id', orders.uniqueId);

describe('Without a terminal:', () => {
  const terminal = { color: false, live: false, width: undefined };

  test('a line for each node that is done, but for tests that passed', () => {
    const stream = new Kept();
    const progress = plainProgress(stream, terminal);
    progress.started(12);
    progress.nodeStarted(orders);
    progress.nodeFinished(orders, result(orders, { rows: 2981, executionTime: 0.123 }));
    progress.nodeFinished(idThere, result(idThere, { failures: 0 }));
    progress.nodeFinished(idThere, result(idThere, { status: 'fail', failures: 3 }));
    progress.end();

    expect(stream.text).toBe(
      ' 1/12 ok     model silver_orders  2,981 rows  0.12 s\n' +
        ' 3/12 FAIL   test  not_null_silver_orders_id  3 rows  0.10 s\n',
    );
  });

  test('nothing that data or files hold commands what shows the log', () => {
    const stream = new Kept();
    const progress = plainProgress(stream, terminal);
    progress.started(1);
    progress.note('log: \u001b[2J');
    progress.warn('no file \u009b31m');
    progress.nodeFinished(
      { ...orders, name: 'evil\u001b]0;x\u0007' },
      result(orders, { status: 'error', message: 'Bad \u001b[31m\nsecond line' }),
    );

    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(stream.text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(stream.text.split('\n')).toHaveLength(4);
  });
});

describe('On a terminal:', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A terminal of 30 columns that keeps what it gets. */
  function small() {
    const stream = Object.assign(new Kept(), { columns: 30, rows: 10, isTTY: true });
    const progress = liveProgress(stream as unknown as NodeJS.WriteStream, {
      color: false,
      live: true,
      width: 30,
    });
    return { stream, progress };
  }

  test('running nodes are listed with their time, and no line is wider than the terminal', () => {
    const { stream, progress } = small();
    progress.started(2);
    progress.nodeStarted(orders);
    progress.nodeStarted(longName);
    vi.advanceTimersByTime(1500);
    progress.end();
    const lines = stripVTControlCharacters(stream.text).split('\n');

    expect(lines).toContain('0 of 2 done');
    expect(lines).toContain('  silver_orders  1.5 s');
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(30);
  });

  test('what is finished stays above the list, and the list is gone at the end', () => {
    const { stream, progress } = small();
    progress.started(2);
    progress.nodeStarted(orders);
    vi.advanceTimersByTime(200);
    progress.nodeFinished(orders, result(orders, { status: 'error', message: 'disk is full' }));
    const before = stream.text.length;
    progress.end();

    expect(stripVTControlCharacters(stream.text)).toContain(
      // 30 columns: broken between its words.
      '1/2 ERROR  model\n  silver_orders  0.10 s  disk\n  is full\n',
    );
    expect(stripVTControlCharacters(stream.text.slice(before)).trim()).toBe('');
    vi.advanceTimersByTime(1000);
    expect(stripVTControlCharacters(stream.text.slice(before)).trim()).toBe('');
  });

  test('the cursor is never hidden, so that an abrupt end leaves the terminal as it was', () => {
    const { stream, progress } = small();
    progress.started(1);
    progress.nodeStarted(orders);
    vi.advanceTimersByTime(500);

    expect(stream.text).not.toContain('\u001b[?25l');
    progress.end();
  });
});

describe('Colour and a live list:', () => {
  test.each<[string, boolean, NodeJS.ProcessEnv, { color?: boolean }, boolean, boolean]>([
    ['on a terminal both', true, {}, {}, true, true],
    ['in a pipe neither', false, {}, {}, false, false],
    ['with --no-color no colour', true, {}, { color: false }, false, true],
    ['with NO_COLOR plain lines', true, { NO_COLOR: '1' }, {}, false, false],
    ['an empty NO_COLOR says nothing', true, { NO_COLOR: '' }, {}, true, true],
    ['with FORCE_COLOR colour in a pipe too', false, { FORCE_COLOR: '1' }, {}, true, false],
    ['NO_COLOR wins over FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, {}, false, false],
    ['FORCE_COLOR=0 is none', true, { FORCE_COLOR: '0' }, {}, false, true],
    ['in CI lines', true, { CI: 'true' }, {}, true, false],
    ['a dumb terminal gets lines', true, { TERM: 'dumb' }, {}, false, false],
  ])('%s', (_title, isTTY, env, options, color, live) => {
    const stream = Object.assign(new Kept(), { isTTY, columns: 80 });

    expect(terminalOf(stream as unknown as NodeJS.WriteStream, options, env)).toEqual({
      color,
      live,
      width: isTTY ? 80 : undefined,
    });
  });
});
