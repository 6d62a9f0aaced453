import { createSourceFile, isExportDeclaration, ScriptTarget, SyntaxKind } from 'typescript';
import { describe, expect, test } from 'vitest';
import { mayImport } from '../../scripts/lib/layers.mjs';
import { importsOfSource, layerOf, sourceFiles, textOf } from './imports.js';

/** `folder -> folder` of all imports from one folder of src to another. */
const edges = new Set(
  importsOfSource().flatMap(({ from, to }) => {
    const [a, b] = [layerOf(from), layerOf(to)];
    // What all may import is not in the table.
    if (a === undefined || b === undefined || a === b || b === 'ground') return [];
    return [`${a} -> ${b}`];
  }),
);

const allowed = Object.entries(mayImport).flatMap(([from, folders]) =>
  folders.map((to) => `${from} -> ${to}`),
);

describe('The table of layers', () => {
  test('has each folder of src', () => {
    const folders = new Set(sourceFiles().flatMap((file) => layerOf(file) ?? []));

    expect(Object.keys(mayImport).sort()).toEqual([...folders].sort());
  });

  test('allows what is imported, and nothing that no file imports', () => {
    expect(allowed.toSorted()).toEqual([...edges].sort());
  });

  test('is the one of docs/architecture.md', () => {
    const rows = textOf('docs/architecture.md').matchAll(/^\| `(\w+)\/`\s*\|[^|]*\|([^|]*)\|$/gm);
    const told = Object.fromEntries(
      [...rows].map(([, folder = '', names = '']) => [folder, names.trim()]),
    );

    expect(told).toEqual(
      Object.fromEntries(
        Object.entries(mayImport).map(([folder, folders]) => [
          folder,
          folder === 'cli' ? 'all that is used' : folders.join(', ') || 'nothing',
        ]),
      ),
    );
  });
});

describe('An index.ts', () => {
  test('is a door: it holds no code', () => {
    const doors = sourceFiles().filter((file) => file.endsWith('/index.ts'));
    const code = doors.flatMap((file) =>
      createSourceFile(file, textOf(file), ScriptTarget.Latest)
        .statements.filter((statement) => !isExportDeclaration(statement))
        .map((statement) => `${file}: ${SyntaxKind[statement.kind]}`),
    );

    expect(doors.length).toBeGreaterThan(5);
    expect(code).toEqual([]);
  });
});
