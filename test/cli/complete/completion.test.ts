/** What the tab key offers: from the commands, and from a project. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, type Command as CommandType } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completionsOf } from '../../../src/cli/commands/completion.js';
import { unfinishedLine } from '../../../src/cli/complete/shell-words.js';
import { createProgram } from '../../../src/cli/program.js';
import { bareEnvironment, program } from '../../helpers/shop.js';

const folder = mkdtempSync(join(tmpdir(), 'techstore-tab-'));
const project = join(folder, 'shop');

beforeAll(() => {
  mkdirSync(join(project, 'models', 'gold'), { recursive: true });
  mkdirSync(join(project, 'target'));
  mkdirSync(join(project, 'techstore.builds'));
  writeFileSync(join(project, 'dbt_project.yml'), 'name: shop\nprofile: shop\n');
  writeFileSync(
    join(project, 'profiles.yml'),
    'shop:\n  target: dev\n  outputs: {dev: {}, prod: {}}\n',
  );
  for (const id of ['20251125T090000Z-0a1b', '20251126T090000Z-0a1c'])
    writeFileSync(join(project, 'techstore.builds', `${id}.json`), '{}');
  const node = (name: string, type: string, tags: string[], columns: string[]) => ({
    name,
    resource_type: type,
    tags,
    columns: Object.fromEntries(columns.map((column) => [column, {}])),
  });
  writeFileSync(
    join(project, 'target', 'manifest.json'),
    JSON.stringify({
      nodes: {
        a: node('gold_sales', 'model', ['gold'], ['sale_date', 'revenue']),
        b: node('gold_customers', 'model', ['gold', 'gdpr'], ['id']),
        c: node('people', 'seed', [], []),
        d: node('not_null_x', 'test', [], []),
      },
      sources: { s: { name: 'orders', source_name: 'raw', resource_type: 'source' } },
      exposures: { e: { name: 'board', resource_type: 'exposure' } },
      selectors: { nightly: {} },
    }),
  );
  mkdirSync(join(folder, 'bin'));
  const command = join(folder, 'bin', 'techstore');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The program with commands as others may declare them. */
function withMore(): CommandType {
  const all = createProgram();
  const more = new Command('more');
  more
    .command('segment <segment>')
    .option('--column <model.column>')
    .action(() => undefined);
  all.addCommand(more);
  return all;
}

async function offered(line: string, shell = 'fish', where = join(project, 'models', 'gold')) {
  const lines = await completionsOf(withMore(), shell, line, where);
  return lines.map((text) => text.replace(/\n$/, ''));
}

describe('The words of a command line', () => {
  test.each([
    ['techstore ', ['techstore'], '', null],
    ['techstore bu', ['techstore'], 'bu', null],
    ['techstore a "At R', ['techstore', 'a'], 'At R', '"'],
    ["techstore a 'At R", ['techstore', 'a'], 'At R', "'"],
    ['techstore a At\\ R', ['techstore', 'a'], 'At R', null],
    ['techstore "a b" c', ['techstore', 'a b'], 'c', null],
    ['techstore "" ', ['techstore', ''], '', null],
    ['techstore "a\\"b', ['techstore'], 'a"b', '"'],
  ])('%s', (line, before, current, openQuote) => {
    expect(unfinishedLine(line)).toEqual({ before, current, openQuote });
  });
});

describe('From the commands', () => {
  test.each([
    ['techstore bui', ['build', 'builds']],
    ['techstore builds d', ['diff']],
    ['techstore builds help d', ['diff']],
    ['techstore help que', ['query']],
    ['techstore query --lim', ['--limit']],
    ['techstore query --format ', ['table', 'json', 'csv', 'ndjson', 'markdown']],
    ['techstore query --format=n', ['--format=ndjson']],
    ['techstore export --as p', ['parquet']],
    ['techstore completion ', ['bash', 'zsh', 'fish']],
    ['techstore ls --resource-type mo', ['model']],
    ['techstore nonsense ', []],
    ['techstore query -- --lim', []],
    ['techstore query --file ', []],
    ['techstore __com', []],
  ])('%s', async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });
});

describe('From the project, in a folder below it', () => {
  test.each([
    ['techstore export gold', ['gold_customers', 'gold_sales']],
    ['techstore export gold_sales pe', ['people']],
    ['techstore build --select tag:', ['tag:gdpr', 'tag:gold']],
    ['techstore build --select gold_sales tag:go', ['tag:gold']],
    ['techstore build -s +gold_s', ['+gold_sales']],
    ['techstore build -s 2+gold_s', ['2+gold_sales']],
    ['techstore build --select source:', ['source:raw.orders']],
    ['techstore build --exclude exp', ['exposure:board']],
    ['techstore build --selector ', ['nightly']],
    ['techstore build --target ', ['dev', 'prod']],
    ['techstore query --build 2025', ['20251126T090000Z-0a1c', '20251125T090000Z-0a1b']],
    ['techstore builds diff prev', ['previous']],
    ['techstore builds diff previous pub', ['published']],
    ['techstore more segment ', ['VIP', 'Loyal', 'New', 'At Risk', 'Lost', 'Regular', 'Prospect']],
    ['techstore more segment "At', ['At Risk']],
    [
      'techstore more segment VIP --column gold_sales.',
      ['gold_sales.sale_date', 'gold_sales.revenue'],
    ],
  ])('%s', async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });

  test('models are their files where nothing was written yet', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'techstore-tab-'));
    mkdirSync(join(fresh, 'models', 'silver'), { recursive: true });
    writeFileSync(join(fresh, 'dbt_project.yml'), '');
    writeFileSync(join(fresh, 'models', 'silver', 'silver_orders.sql'), '');
    expect(await offered('techstore export s', 'fish', fresh)).toEqual(['silver_orders']);
    rmSync(fresh, { recursive: true });
  });

  test('without a project, what needs none is offered all the same', async () => {
    expect(await offered('techstore export g', 'fish', tmpdir())).toEqual([]);
    expect(await offered('techstore more segment L', 'fish', tmpdir())).toEqual(['Loyal', 'Lost']);
  });
});

describe('In bash', () => {
  test.each([
    ['techstore more segment At', ['At\\ Risk']],
    ['techstore more segment At\\ ', ['At\\ Risk']],
    ['techstore more segment "At', ['At Risk']],
    ["techstore more segment 'At", ['At Risk']],
    // What stands before a colon or an equals sign is in the line already.
    ['techstore build --select tag:g', ['gdpr', 'gold']],
    ['techstore query --format=n', ['ndjson']],
  ])('%s', async (line, words) => {
    expect(await offered(line, 'bash')).toEqual(words);
  });

  /** bash itself, asked as readline asks it. */
  function inBash(line: string, where: string): string[] {
    const script = `source <(techstore completion bash); COMP_LINE="$1"; COMP_POINT=\${#1}; _techstore; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p techstore`;
    const text = execFileSync('bash', ['--norc', '-c', script, 'bash', line], {
      cwd: where,
      encoding: 'utf8',
      env: bareEnvironment({ PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` }),
    });
    return text.trimEnd().split('\n');
  }

  test('the script fills in what the program says', () => {
    expect(inBash('techstore export gold', join(project, 'models'))).toEqual([
      'gold_customers',
      'gold_sales',
      'complete -o default -F _techstore techstore',
    ]);
  });

  test('a line that has no continuation, a broken project and a folder without one say nothing', () => {
    writeFileSync(join(folder, 'dbt_project.yml'), '');
    mkdirSync(join(folder, 'target'));
    writeFileSync(join(folder, 'target', 'manifest.json'), '{ broken');
    expect(inBash('techstore export gold', folder)).toEqual([
      '',
      'complete -o default -F _techstore techstore',
    ]);
  });
});
