import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { corpusCases, prepareCase } from './corpus-cases.js';

for (const [file, cases] of corpusCases) {
  describe(`as Jinja2 in Python: ${file}`, () => {
    for (const testCase of cases) {
      it(testCase.name, () => {
        if (testCase.expected !== null) {
          expect(prepareCase(testCase)()).toBe(testCase.expected);
          return;
        }
        let thrown: unknown;
        try {
          const text = prepareCase(testCase)();
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
