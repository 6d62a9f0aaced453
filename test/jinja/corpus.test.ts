import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import {
  fromHost,
  macrosOf,
  parseTemplate,
  renderSync,
  type Value,
} from '../../src/jinja/index.js';

/** One case of fixtures/jinja/corpus; expected.py there says what each field is. */
interface Case {
  readonly name: string;
  readonly template: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly macros?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly expected: string | null;
}

const corpus = new URL('../../fixtures/jinja/corpus/', import.meta.url);

function renderCase(testCase: Case): string {
  const globals = new Map<string, Value>();
  for (const [name, value] of Object.entries(testCase.context ?? {})) {
    globals.set(name, fromHost(value));
  }
  testCase.macros?.forEach((source, i) => {
    const template = parseTemplate(source, { file: `macros/${i}.sql` });
    for (const [name, macro] of macrosOf(template)) globals.set(name, macro);
  });
  const files = testCase.files ?? {};
  return renderSync(parseTemplate(testCase.template, { file: 'case.sql' }), globals, {
    undefined: 'python',
    loader: (name) =>
      Object.hasOwn(files, name) ? parseTemplate(files[name] ?? '', { file: name }) : undefined,
  });
}

for (const file of readdirSync(corpus).sort()) {
  const cases = JSON.parse(readFileSync(new URL(file, corpus), 'utf8')) as readonly Case[];
  describe(`as Jinja2 in Python: ${file.replace('.json', '')}`, () => {
    for (const testCase of cases) {
      it(testCase.name, () => {
        if (testCase.expected !== null) {
          expect(renderCase(testCase)).toBe(testCase.expected);
          return;
        }
        let thrown: unknown;
        try {
          const text = renderCase(testCase);
          thrown = `no error but the text ${JSON.stringify(text)}`;
        } catch (error) {
          thrown = error;
        }
        expect(thrown).toBeInstanceOf(TechstoreError);
        expect((thrown as TechstoreError).code).toBe('compilation');
        expect((thrown as TechstoreError).place?.line).toBeGreaterThan(0);
      });
    }
  });
}
