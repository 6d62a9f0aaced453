/** Expected texts are what Python's datetime prints; read in Python 3.11. */
import { afterAll, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';

const project = new SmallProject({ 'models/a.sql': 'select 1' });
afterAll(() => project.remove());

async function rendered(expression: string): Promise<string> {
  project.write({ 'models/a.sql': `{% set dt = modules.datetime %}{{ ${expression} }}` });
  return project.compiled('a');
}

describe('modules.datetime', () => {
  it.each([
    ['dt.date(2024, 1, 31) + dt.timedelta(days=1)', '2024-02-01'],
    ['dt.timedelta(weeks=1) + dt.date(2024, 2, 29)', '2024-03-07'],
    ['dt.date(2024, 3, 1) - dt.timedelta(1)', '2024-02-29'],
    ['(dt.date(2024, 3, 1) - dt.date(2024, 2, 1)).days', '29'],
    ['dt.datetime(2024, 1, 31, 5).isoformat()', '2024-01-31T05:00:00'],
    ["dt.datetime.strptime('2024-01-02', '%Y-%m-%d')", '2024-01-02 00:00:00'],
    ["dt.datetime.strptime('20240102', '%Y%m%d').date()", '2024-01-02'],
    ["dt.datetime.strptime('2 Mar 24 (7:05)', '%d %b %y (%H:%M)')", '2024-03-02 07:05:00'],
    ["dt.date(2024, 1, 31).replace(day=1).strftime('%d %b %A')", '01 Jan Monday'],
    ['dt.datetime(2024, 5, 6, hour=7).replace(2025, minute=8)', '2025-05-06 07:08:00'],
    ['dt.timedelta(days=1, hours=2, minutes=3, seconds=4)', '1 day, 2:03:04'],
    ['dt.timedelta(hours=-1)', '-1 day, 23:00:00'],
    ['(dt.timedelta(days=2) * 2).total_seconds()', '345600.0'],
    ['dt.timedelta(days=1) < dt.timedelta(hours=25)', 'True'],
    ['run_started_at.tzinfo', 'UTC'],
    ['dt.datetime(2024, 1, 1).tzinfo', 'None'],
    ["(run_started_at - dt.timedelta(days=3)).strftime('%Y') | length", '4'],
  ])('%s is %s', async (expression, expected) => {
    expect(await rendered(expression)).toBe(expected);
  });

  it.each([
    ["dt.datetime.strptime('2024-02-30', '%Y-%m-%d')", 'cannot parse this text'],
    ["dt.datetime.strptime('x', '%Q')", 'does not support %Q'],
    ['dt.date(2024, 2, 30)', 'There is no such date'],
    ['dt.date(2024, 2, 1).replace(month=13)', 'There is no such date'],
    ['dt.date(2024, 2, 1) + 1', 'unsupported operand types'],
  ])('%s is an error that says: %s', async (expression, message) => {
    await expect(rendered(expression)).rejects.toThrow(message);
  });
});
