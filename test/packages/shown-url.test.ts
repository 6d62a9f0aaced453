import { expect, it } from 'vitest';
import { secretsOfUrl, shownUrl, withoutSecretsOf } from '../../src/packages/shown-url.js';

it.each([
  ['https://tok3n@host/a.git', 'https://host/a.git', ['tok3n']],
  ['https://user:pa@ss@host/a.git', 'https://host/a.git', ['user:pa@ss', 'user', 'pa@ss']],
  ['https://host/a.tgz?sig=abc#x', 'https://host/a.tgz', ['sig=abc']],
  ['git@github.com:o/a.git', 'git@github.com:o/a.git', []],
  ['ssh://git@host/a.git', 'ssh://host/a.git', []],
  ['../a', '../a', []],
])('%s is shown as %s', (url, shown, secrets) => {
  expect(shownUrl(url)).toBe(shown);
  expect(secretsOfUrl(url)).toEqual(secrets);
});

it('takes them out of what git says', () => {
  const url = 'https://user:s3cret@host/a.git';
  expect(withoutSecretsOf(`fatal: could not read from '${url}': s3cret`, [url])).toBe(
    "fatal: could not read from 'https://*****@host/a.git': *****",
  );
});
