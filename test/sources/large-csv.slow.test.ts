/** What can only go wrong in files larger than a buffer. */
import { expect, test } from 'vitest';
import { columnsOf, openShop, readAlone, readLoaded } from './shop.js';

const shop = openShop();
const columns = columnsOf('id BIGINT, at TIMESTAMP, notes TEXT');

/** 1.3 MB, which is more than the first buffer of 1 MiB, so that the plan made from it does not know what comes. */
const many = Array.from({ length: 30_000 }, (_, i) => `${i},2024-01-01 10:00:00,"a, ""b"" ${i}"`);

async function expectSame(lines: readonly string[], end = '\n'): Promise<void> {
  const path = await shop.write('shop.csv', ['id,at,notes', ...lines, ''].join(end));
  const alone = await readAlone(path, columns);
  shop.statements.length = 0;
  expect(await readLoaded(shop, path, columns)).toEqual(alone);
}

test('Read a plain file with one statement', async () => {
  await expectSame(many);
  expect(shop.statements).toHaveLength(1);
});

test('Read again when the first offset comes late', async () => {
  await expectSame([...many, '1,2024-01-01T10:00+02:00,x']);
  expect(shop.statements).toHaveLength(2);
});

test('Read again when the first line end in quotes comes late', async () => {
  await expectSame([...many, '1,2024-01-01,"x\n\n\n2,2024-01-01,y"']);
  expect(shop.statements).toHaveLength(2);
  expect(shop.statements[1]).toContain('parallel=false');
});

test('Read a file of line ends in quotes', async () => {
  await expectSame(many.map((line, i) => (i % 7 === 0 ? line.replace('a,', `"",\n${i},`) : line)));
});

test('Read CRLF lines', async () => {
  await expectSame(many, '\r\n');
  expect(shop.statements).toHaveLength(1);
});

test('Read both line ends by way of a copy', async () => {
  await expectSame([...many, '1,,x\r', '2,,y']);
  expect(shop.statements.at(-1)).toContain('canonical.csv');
});

test('Read values of many megabytes', async () => {
  const long = 'é"x\n'.repeat(1_000_000).replaceAll('"', '""');
  await expectSame(['1,,short', `2,,"${long}"`, `3,,${'y'.repeat(3_000_000)}`, '4,,short']);
});
