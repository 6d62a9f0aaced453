import {
  createSourceFile,
  forEachChild,
  isBinaryExpression,
  isCaseClause,
  isStringLiteral,
  ScriptTarget,
  SyntaxKind,
  type Node,
  type SourceFile,
} from 'typescript';
import { describe, expect, test } from 'vitest';
import { sourceFiles, textOf } from './imports.js';

/** Here an engine has its name: its own folder, its builds, its profile, its spelling of the metrics. */
const atHome = /^src\/(engine|builds|project|metrics\/dialect)\//;

const MOST = 10;

/** Files that compare with an engine's name, how often, and why they can not ask the engine. */
const known: Readonly<Record<string, readonly [times: number, why: string]>> = {
  'src/cli/load.ts': [
    1,
    'the variable seed_as_of is the day of the seeds in the repository; a warehouse has the data of today',
  ],
  'src/dbt/base-context.ts': [1, 'dbt-duckdb gives `target` fields that a profile does not set'],
  'src/cli/unchanged/unchanged-profile.ts': [
    1,
    'only the profile of a file is remembered: that of a warehouse holds a secret',
  ],
};

const equalities = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);

const isEngineName = (node: Node): boolean =>
  isStringLiteral(node) && ['duckdb', 'databricks'].includes(node.text);

/** `x === 'duckdb'`, `case 'duckdb':`; and `engine === "duckdb"` given on as a flag is the first of them. */
function comparesEngine(node: Node): boolean {
  if (isCaseClause(node)) return isEngineName(node.expression);
  return (
    isBinaryExpression(node) &&
    equalities.has(node.operatorToken.kind) &&
    (isEngineName(node.left) || isEngineName(node.right))
  );
}

function comparisonsIn(file: SourceFile): number {
  let found = 0;
  const visit = (node: Node): void => {
    if (comparesEngine(node)) found += 1;
    forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const counted = (text: string): number =>
  comparisonsIn(createSourceFile('x.ts', text, ScriptTarget.Latest));

describe('An engine', () => {
  const found = Object.fromEntries(
    sourceFiles()
      .filter((file) => !atHome.test(file))
      .map((file) => [file, counted(textOf(file))] as const)
      .filter(([, times]) => times > 0),
  );

  test('is asked what it can do, and seldom for its name', () => {
    expect(found).toEqual(
      Object.fromEntries(Object.entries(known).map(([file, [times]]) => [file, times])),
    );
    expect(Object.values(found).reduce((sum, times) => sum + times, 0)).toBeLessThanOrEqual(MOST);
  });

  test.each([
    [`target.type === 'duckdb'`, 1],
    [`if ("databricks" !== name) f();`, 1],
    [`switch (x) { case 'duckdb': case 'databricks': break; }`, 2],
    [`make(engine === 'duckdb')`, 1],
    [`const engine = 'duckdb'; f('databricks'); // === 'duckdb'`, 0],
  ])('is counted in %s', (text, times) => {
    expect(counted(text)).toBe(times);
  });
});

describe('Capabilities', () => {
  test('all have a reader outside of the engines', () => {
    const declared = /interface Capabilities \{(.*?)\n\}/s.exec(
      textOf('src/engine/engine.ts'),
    )?.[1];
    const names = [...(declared ?? '').matchAll(/readonly (\w+)/g)].map(([, name = '']) => name);
    const texts = sourceFiles()
      .filter((file) => !file.startsWith('src/engine/'))
      .map(textOf)
      .filter((text) => /capabilities/i.test(text));

    expect(names.length).toBeGreaterThan(0);
    expect(
      names.filter((name) => !texts.some((text) => new RegExp(`\\b${name}\\b`).test(text))),
    ).toEqual([]);
  });
});
