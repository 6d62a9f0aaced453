import { expect, test } from 'vitest';
import { redactor } from '../../src/format/redact.js';

test('a secret is removed wherever it stands', () => {
  expect(redactor(['dapi123'])('dapi123 and x-dapi123!')).toBe('***** and x-*****!');
});

test('also as it looks in a URL and in JSON', () => {
  const safe = redactor(['p&s "w"\n']);

  expect(safe('GET /?p=p%26s%20%22w%22%0A')).toBe('GET /?p=*****');
  expect(safe(JSON.stringify({ password: 'p&s "w"\n' }))).toBe('{"password":"*****"}');
});

test('a secret that is a part of another leaves nothing of the longer one', () => {
  expect(redactor(['abc', 'abc-def'])('abc-def abc')).toBe('***** *****');
});

test('an empty secret, or one that no URL can hold, is no trouble', () => {
  expect(redactor(['', '\ud83d'])('as it was')).toBe('as it was');
});
