import { readdirSync, readFileSync } from 'node:fs';
import {
  fromHost,
  macrosOf,
  parseTemplate,
  renderSync,
  type Limits,
  type Template,
  type Value,
} from '../../src/jinja/index.js';

/** One case of fixtures/jinja/corpus; expected.py there says what each field is. */
export interface Case {
  readonly name: string;
  readonly template: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly macros?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly expected: string | null;
}

const corpus = new URL('../../fixtures/jinja/corpus/', import.meta.url);

/** The cases of the corpus by the name of their file. */
export const corpusCases: readonly (readonly [string, readonly Case[]])[] = readdirSync(corpus)
  .sort()
  .map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(file, corpus), 'utf8')) as readonly Case[],
  ]);

/** Parses a case; what is given back renders it any number of times. */
export function prepareCase(
  testCase: Case,
  parse: (source: string, file: string) => Template = (source, file) =>
    parseTemplate(source, { file }),
): (limits?: Partial<Limits>) => string {
  const macros = (testCase.macros ?? []).map((source, i) => parse(source, `macros/${i}.sql`));
  const files = new Map(Object.entries(testCase.files ?? {}));
  const template = parse(testCase.template, 'case.sql');
  return (limits = {}) => {
    const globals = new Map<string, Value>();
    for (const [name, value] of Object.entries(testCase.context ?? {})) {
      globals.set(name, fromHost(value));
    }
    for (const library of macros) {
      for (const [name, macro] of macrosOf(library)) globals.set(name, macro);
    }
    return renderSync(template, globals, {
      undefined: 'python',
      limits,
      loader: (name) => {
        const source = files.get(name);
        return source === undefined ? undefined : parse(source, name);
      },
    });
  };
}
