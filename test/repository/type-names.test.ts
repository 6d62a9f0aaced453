import {
  createSourceFile,
  isClassDeclaration,
  isExportDeclaration,
  isInterfaceDeclaration,
  isNamedExports,
  isTypeAliasDeclaration,
  ScriptTarget,
  SyntaxKind,
  type Statement,
} from 'typescript';
import { describe, expect, test } from 'vitest';
import { mayImport } from '../../scripts/lib/layers.mjs';
import { layerOf, sourceFiles, textOf } from './imports.js';

/** Types of one name that are not one thing, though a file may import both: each with its reason. */
const mayShare: Readonly<Record<string, string>> = {
  Parameter: 'of a macro, and of a metric: the word for it in either field',
  SelectionOptions: 'what is typed behind --select, and what the graph takes',
  Value: "a database's, Python's, and a column's in a query: the word for it in each field",
};

interface ExportedType {
  readonly name: string;
  readonly file: string;
}

const statementsOf = (file: string) =>
  createSourceFile(file, textOf(file), ScriptTarget.Latest).statements;

/** Exported types, interfaces and classes of one file; what it only passes on is another's. */
function typesOf(file: string): ExportedType[] {
  const isType = (one: Statement) =>
    isTypeAliasDeclaration(one) || isInterfaceDeclaration(one) || isClassDeclaration(one);
  return statementsOf(file)
    .filter(isType)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === SyntaxKind.ExportKeyword))
    .flatMap(({ name }) => (name === undefined ? [] : [{ name: name.text, file }]));
}

/** What a door lets out, by its folder; `*` is all of a file. */
const doors = new Map(
  sourceFiles()
    .filter((file) => file.endsWith('/index.ts'))
    .map((file) => {
      const names = statementsOf(file)
        .filter(isExportDeclaration)
        .flatMap(({ exportClause }) =>
          exportClause !== undefined && isNamedExports(exportClause)
            ? exportClause.elements.map(({ name }) => name.text)
            : ['*'],
        );
      return [file.replace('index.ts', ''), new Set(names)] as const;
    }),
);

/** Whether some file of a layer may import a type. */
function isSeenFrom(layer: string | undefined, { name, file }: ExportedType): boolean {
  const home = layerOf(file);
  if (home === undefined || home === layer) return true;
  if (layer === undefined || !mayImport[layer]?.includes(home)) return false;
  return [...doors].every(
    ([folder, names]) => !file.startsWith(folder) || names.has(name) || names.has('*'),
  );
}

/** Folders of one layer that do the same for something else, by the same names. */
const twins = /^src\/engine\/(duckdb|databricks)\//;

function canMeet(a: ExportedType, b: ExportedType): boolean {
  const [left, right] = [twins.exec(a.file)?.[1], twins.exec(b.file)?.[1]];
  if (left !== undefined && right !== undefined && left !== right) return false;
  return Object.keys(mayImport).some((layer) => isSeenFrom(layer, a) && isSeenFrom(layer, b));
}

describe('Exported types', () => {
  const byName = new Map<string, ExportedType[]>();
  for (const one of sourceFiles().flatMap(typesOf)) {
    byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  }
  const meeting = [...byName].flatMap(([name, types]) => {
    const files = types.filter((one) =>
      types.some((other) => one !== other && canMeet(one, other)),
    );
    return files.length === 0 ? [] : [{ name, files: files.map(({ file }) => file) }];
  });

  test('of one name are one thing, where a file may import both', () => {
    expect(byName.size).toBeGreaterThan(300);
    expect(
      meeting
        .filter(({ name }) => mayShare[name] === undefined)
        .map(({ name, files }) => `${name}: ${files.join(', ')}`),
    ).toEqual([]);
  });

  test('have no exception that is not needed', () => {
    expect(Object.keys(mayShare)).toEqual(
      Object.keys(mayShare).filter((name) => meeting.some((one) => one.name === name)),
    );
  });
});
