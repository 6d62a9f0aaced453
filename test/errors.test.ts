/** `docs/errors.md` explains each error code under a heading of its own. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes } from '../src/errors.js';

const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
const sections = page.split(/^## /m).slice(1);

test('Each error code has its heading, in the order of the codes, and nothing else has one', () => {
  expect(sections.map((section) => section.slice(0, section.indexOf('\n')))).toEqual([
    ...errorCodes,
  ]);
});

test.each(errorCodes)(
  'The section of %s shows first lines of errors and says what to do',
  (code) => {
    const section = sections.find((text) => text.startsWith(`${code}\n`));

    expect(section).toMatch(/^Error: \S/m);
    expect(section).toContain('**What to do.**');
  },
);

test.each(['README.md', 'docs/architecture.md'])('%s links the page', (file) => {
  const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

  expect(text).toMatch(/\]\((docs\/)?errors\.md\)/);
});
