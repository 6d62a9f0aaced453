import { describe, expect, test } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { errorText } from '../../src/format/error-text.js';

const broken = new TechstoreError('compilation', "There is no macro 'moneyy'", {
  place: { file: 'models/gold/sales.sql', line: 3, column: 7 },
  excerpt: '3 | select {{ moneyy(total) }}\n  |           ^',
  stackOfCalls: ['macro totals (macros/totals.sql:2)', 'model sales (models/gold/sales.sql:9)'],
  hint: "Did you mean 'money'?",
  cause: new Error('not found'),
});

test('an error says what, where, by which calls, and what to do', () => {
  expect(errorText(broken, { debug: false })).toBe(
    [
      "Error: There is no macro 'moneyy'",
      '  in models/gold/sales.sql:3:7',
      '  3 | select {{ moneyy(total) }}',
      '    |           ^',
      '  called from macro totals (macros/totals.sql:2)',
      '  called from model sales (models/gold/sales.sql:9)',
      "What to do: Did you mean 'money'?",
    ].join('\n'),
  );
});

test('an error that knows only its message is one line', () => {
  expect(errorText(new TechstoreError('usage', 'No SQL'), { debug: false })).toBe('Error: No SQL');
});

test('with --debug come the code, the stack and the causes', () => {
  const text = errorText(broken, { debug: true });

  expect(text).toContain('\nError code: compilation (see docs/errors.md)\n');
  expect(text).toContain("\n\nTechstoreError: There is no macro 'moneyy'\n    at ");
  expect(text).toContain('\ncaused by Error: not found\n    at ');
});

test('a cause that leads back to itself ends', () => {
  const round = new Error('round');
  round.cause = round;

  expect(errorText(round, { debug: true }).split('caused by')).toHaveLength(5);
});

test('what is no known error is called a defect, without a stack', () => {
  const text = errorText(new TypeError('x is undefined'), { debug: false });

  expect(text).toBe(
    'Error: x is undefined\n' +
      'This is a defect of techstore. Run the command with --debug to see the stack.',
  );
  expect(errorText('thrown text', { debug: true })).toContain('Error: thrown text\n');
});

describe('Nothing in an error commands the terminal:', () => {
  test('neither message, place, excerpt nor hint', () => {
    const evil = '\u001b]0;owned\u0007';
    const error = new TechstoreError('database', `no column ${evil}`, {
      place: { file: `models/${evil}\n.sql` },
      excerpt: evil,
      stackOfCalls: [evil],
      hint: evil,
    });
    const text = errorText(error, { debug: true });

    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(text).toContain('  in models/\\x1b]0;owned\\x07\\n.sql\n');
  });
});

test('secrets are not shown, in causes neither', () => {
  const error = new TechstoreError('database', 'Bad token dapi123', {
    cause: new Error('https://host/?token=dapi123'),
  });

  expect(errorText(error, { debug: true, secrets: ['dapi123'] })).not.toContain('dapi123');
});
