import { describe, expect, it } from 'vitest';
import { readSelectors } from '../../src/project/selectors-file.js';
import { errorOf, folderWith } from './in-folder.js';

const read = (yaml: string) => readSelectors(folderWith({ 'selectors.yml': yaml }));

describe('readSelectors', () => {
  it('keeps definitions as YAML has them', () => {
    const selectors = read(
      'selectors:\n  - name: nightly\n    default: true\n    description: At night\n    definition: {union: ["tag:a", {exclude: ["b"]}]}\n',
    );
    expect([...selectors]).toEqual([
      [
        'nightly',
        {
          name: 'nightly',
          description: 'At night',
          default: true,
          definition: { union: ['tag:a', { exclude: ['b'] }] },
          place: { file: 'selectors.yml', line: 2, column: 5 },
        },
      ],
    ]);
  });
  it('gives none where there is no file, or an empty one', () => {
    expect(readSelectors(folderWith({})).size).toBe(0);
    expect(read('').size).toBe(0);
  });
  it('refuses a list as a definition and a name given twice', () => {
    const error = errorOf(() => read('selectors:\n  - {name: a, definition: [b]}\n'));
    expect(error.code).toBe('selection');
    expect(error.message).toMatch(/must be text or a map of keys, not a list/);
    expect(() =>
      read('selectors:\n  - {name: a, definition: b}\n  - {name: a, definition: c}\n'),
    ).toThrow(/'a' appears twice, first in selectors.yml:2:5/);
  });
});
