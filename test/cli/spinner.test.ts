/** Something happens on a terminal before there is anything to say, and nothing of it stays. */
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bareEnvironment, program, type Shop } from '../helpers/shop.js';
import { built, endless } from './support.js';

let shop: Shop;
beforeAll(() => (shop = built()));
afterAll(() => shop.remove());

interface Ended {
  readonly code: number;
  readonly raw: string;
}

/** @param stopAt a text on the screen at which Ctrl-C is pressed */
function onTerminal(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stopAt?: RegExp,
): Promise<Ended> {
  return new Promise((resolve) => {
    const terminal = spawn(process.execPath, [program, ...args], {
      cols: 80,
      rows: 24,
      cwd: shop.dir,
      env: { ...bareEnvironment(), TERM: 'xterm-256color', ...env },
    });
    let raw = '';
    let pressed = false;
    terminal.onData((data) => {
      raw += data;
      if (stopAt === undefined || pressed || !stopAt.test(raw)) return;
      pressed = true;
      terminal.write('\u0003');
    });
    terminal.onExit(({ exitCode }) => resolve({ code: exitCode, raw }));
  });
}

const showsCursor = '\u001b[?25h';
const hidesCursor = '\u001b[?25l';

/** Whatever hid the cursor, it is there again at the end. */
function endsWithCursor(raw: string): void {
  expect(raw.lastIndexOf(showsCursor)).toBeGreaterThan(raw.lastIndexOf(hidesCursor));
}

describe('On a terminal', () => {
  test.each([
    [['build', '--full-refresh'], 'Reading the project …'],
    [['test'], 'Reading the project …'],
    [['lineage'], 'Tracing …'],
    [['debug'], 'Checking …'],
    [['builds', 'diff'], 'Comparing …'],
    [['show', 'clean'], 'Asking …'],
  ])('%j says that it is at work', async (args, text) => {
    const { raw } = await onTerminal(args, {});
    expect(raw).toContain(text);
    endsWithCursor(raw);
  });

  test('a question that takes its time says so too, and its answer stands alone', async () => {
    const sql = 'select sum(a.range * b.range % 7) as s from range(12000) a, range(12000) b';
    const { raw, code } = await onTerminal(['query', sql], {});
    expect(code).toBe(0);
    expect(raw).toContain('Asking …');
    expect(raw.slice(raw.lastIndexOf('┌'))).not.toContain('Asking');
    endsWithCursor(raw);
  });

  test('an error stands alone too', async () => {
    const { raw, code } = await onTerminal(['show', 'claen'], {});
    expect(code).toBe(2);
    expect(raw.slice(raw.indexOf('Error'))).not.toContain('…');
    expect(raw).toContain("Did you mean 'clean'?");
    endsWithCursor(raw);
  });

  test('Ctrl-C gives the cursor back', async () => {
    shop.write('models/apart.sql', endless);
    const { raw, code } = await onTerminal(['build'], {}, /of \d+ done/);
    expect(code).toBe(130);
    endsWithCursor(raw);
  });
});

describe('Nothing of it is seen', () => {
  test.each<[string, NodeJS.ProcessEnv, readonly string[]]>([
    ['with --quiet', {}, ['lineage', '--quiet']],
    ['in CI', { CI: 'true' }, ['lineage']],
    ['with NO_COLOR', { NO_COLOR: '1' }, ['lineage']],
  ])('%s', async (_name, env, args) => {
    const { raw } = await onTerminal(args, env);
    expect(raw).not.toContain('Tracing …');
    expect(raw).not.toContain(hidesCursor);
  });

  test('in a pipe', () => {
    expect(shop.run('lineage').all).not.toContain('…');
  });
});
