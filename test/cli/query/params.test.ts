/** `--param name=value` against what the SQL wants. */
import { expect, test } from 'vitest';
import { boundParams, paramsOf } from '../../../src/cli/query-params.js';

test('A value is everything behind the first equals sign', () => {
  expect([...paramsOf(['a=b=c', '$x= 1 ', 'empty='])]).toEqual([
    ['a', 'b=c'],
    ['x', ' 1 '],
    ['empty', ''],
  ]);
});

test.each(['x', '=1', 'a b=1', ''])('A pair without a name is refused: %j', (pair) => {
  expect(() => paramsOf([pair])).toThrow(/--param needs name=value/);
});

test('A name twice is refused, in any case of letters', () => {
  expect(() => paramsOf(['a=1', 'A=2'])).toThrow(/twice/);
});

test('Names are the same in any case of letters, as in the SQL', () => {
  expect(boundParams(['Min'], paramsOf(['min=1']))).toEqual({ Min: '1' });
});

test('What is missing and what is not in the SQL are both told', () => {
  const bind = (): unknown => boundParams(['city', 'min'], paramsOf(['ciyt=Paris']));
  expect(bind).toThrow('The SQL needs a value for $city, $min. The SQL has no parameter $ciyt');
  expect(bind).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/^Did you mean 'city'\?/) as string }),
  );
});

test('A parameter for SQL without any is refused', () => {
  expect(() => boundParams([], paramsOf(['a=1']))).toThrow('The SQL has no parameter $a');
});
