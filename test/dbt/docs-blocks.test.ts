import { describe, expect, it } from 'vitest';
import { docsBlocks } from '../../src/dbt/parse/docs-blocks.js';

const found = (text: string): Record<string, string> =>
  Object.fromEntries(docsBlocks(text, 'a.md').map(({ name, contents }) => [name, contents]));

describe('docs blocks of Markdown', () => {
  it('are found among prose that merely looks like Jinja, as dbt finds them', () => {
    expect(
      found(
        'Use {{ ref("a") }}, {% if x %} or {% raw %}{{ x }}{% endraw %} {# a remark #} {% set x = 1 %}\n' +
          '{% macro z() %}1{% endmacro %}\n{%- docs d -%}\nhi\n{%- enddocs -%}\n{% docs e%}{%enddocs%} 100 %} {{ {%',
      ),
    ).toEqual({ d: 'hi', e: '' });
  });

  it('are rendered without any name, as dbt renders them', () => {
    expect(
      found(
        '{% docs d %}\nBecause of {{ this }} and {{ 1 + 1 }}{% raw %}{{ x }}{% endraw %}.\n{% enddocs %}',
      ),
    ).toEqual({ d: 'Because of  and 2{{ x }}.' });
  });

  it('are not there in comments and raw sections', () => {
    expect(
      found('{# {% docs d %}hi{% enddocs %} #}{% raw %}{% docs e %}{% enddocs %}{% endraw %}'),
    ).toEqual({});
  });

  it.each([
    ['an open block', 'x\n{% docs d %}hi', "The docs block 'd' is not closed", 2],
    [
      'a block in a block',
      '{% docs d %}\n{% docs e %}{% enddocs %}',
      "The docs block 'd' is not closed",
      1,
    ],
    ['a block without a name', '\n\n{% docs %}{% enddocs %}', 'A docs block has no name', 3],
    [
      'broken Jinja inside of one',
      '{% docs d %}\n{{ ref( }}{% enddocs %}',
      expect.stringMatching(/./) as string,
      2,
    ],
  ])('refuses %s with its line', (_, text, message, line) => {
    expect(() => docsBlocks(text, 'a.md')).toThrow(
      expect.objectContaining({
        message,
        place: expect.objectContaining({ file: 'a.md', line }) as object,
      }),
    );
  });
});
