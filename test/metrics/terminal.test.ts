/** What a person sees: the program under a real pseudo-terminal. */
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { onTerminal } from './on-terminal.js';
import { handMadeShop } from './small-shop.js';

let shop: Shop;

beforeAll(async () => {
  shop = await handMadeShop();
});

afterAll(() => shop.remove());

const questions = [
  ['customers', 'top'],
  ['customers', 'show', '1'],
  ['customers', 'segments'],
  ['products', 'best-sellers'],
] as const;

describe.each([
  [80, questions],
  [120, questions.slice(0, 2)],
])('On a terminal of %i columns', (columns, asked) => {
  test.each(asked.map((args) => [args.join(' '), args] as const))(
    '%s fits, with a head and colours, and no command of the data reaches it',
    async (_title, args) => {
      const { code, raw, screen } = await onTerminal(shop, columns, args);

      expect(code, raw).toBe(0);
      for (const line of screen.split('\n')) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      }
      expect(screen).toContain('not built by techstore · as of 2024-12-02 · target dev');
      expect(raw).toContain('\u001b[1m');
      // What is left when our own colours are taken away holds no control character but line ends.
      // eslint-disable-next-line no-control-regex -- what must not be there
      expect(screen).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    },
  );
});

test('the trend of sales is drawn: growth with sign and colour, bars, the month that is not over', async () => {
  const { raw, screen } = await onTerminal(shop, 80, ['sales', 'trends']);
  const lines = screen.trimEnd().split('\n');

  expect(lines[0]).toBe('Sales by month of the last 12 months');
  expect(lines[1]).toBe('not built by techstore · as of 2024-12-02 · target dev');
  expect(lines.slice(3)).toEqual([
    'Month     Orders  Customers  Average  Revenue    Growth              Complete',
    '                               order',
    '─'.repeat(77),
    'Dec 2024       1          1     0.02     0.02  -99.98 %  ▏           no',
    'Nov 2024       3          2    33.34   100.03         –  ██████████  yes',
  ]);
  expect(raw).toContain('\u001b[31m-99.98 %\u001b[39m');
});

test('money has two digits, amounts have separators, hostile names are shown as what they are', async () => {
  const { screen } = await onTerminal(shop, 120, ['customers', 'top']);

  expect(screen).toContain('1,234,567,890,123,406.78');
  expect(screen).toContain('9,007,199,254,740,993');
  expect(screen).toContain('Eve \\x1b[31mred\\u202e');
  expect(screen).toContain('4 in all; --json and --csv hold all columns.');
});

test('days have a line of their revenue over time', async () => {
  const { screen } = await onTerminal(shop, 80, ['sales', 'daily', '--days', '5']);

  expect(screen).toContain('Revenue  Thu 28 Nov 2024 █▁▂▂▁ Mon 02 Dec 2024\n');
  expect(screen).toContain('Sun 01 Dec 2024');
});

test('with NO_COLOR there is no colour, and all the rest', async () => {
  const { raw } = await onTerminal(shop, 80, ['sales', 'trends'], { NO_COLOR: '1' });

  expect(raw).not.toContain('\u001b');
  expect(raw).toContain('████');
});

test('on a narrow terminal columns go, and then each row is a list', async () => {
  const narrow = await onTerminal(shop, 44, ['sales', 'trends']);
  const tiny = await onTerminal(shop, 28, ['sales', 'trends']);

  expect(narrow.screen).toContain('Month     Orders  Revenue    Growth\n');
  expect(tiny.screen).toContain(
    'Row 2\nMonth    Nov 2024\nOrders   3\nRevenue  100.03\nGrowth   –\n',
  );
  const { screen } = await onTerminal(shop, 40, ['customers', 'top']);
  expect(screen).toContain('4 in all;\n--json and --csv hold all columns.\n');
  for (const line of tiny.screen.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(28);
});

test('--quiet leaves the head away; an error comes without a head', async () => {
  const quiet = await onTerminal(shop, 80, ['sales', 'summary', '--quiet']);
  const wrong = shop.run('sales', 'summary', '--days', '0');

  expect(quiet.screen.startsWith('Days')).toBe(true);
  expect(wrong.code).toBe(2);
  expect(wrong.stdout).toBe('');
  expect(wrong.stderr).toMatch(/^Error: --days must be/);
});
