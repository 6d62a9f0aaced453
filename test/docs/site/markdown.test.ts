import { expect, test } from 'vitest';
import { htmlOf } from '../../../src/docs/page/site/model/markdown.js';

test.each([
  ['**bold** and `code`', '<p><strong>bold</strong> and <code>code</code></p>\n'],
  ['# Title', '<p class="heading">Title</p>'],
  ['<b onclick=x>hi</b>', '<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>\n'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>\n'],
  ['[x](JaVaScRiPt:alert(1))', '<p>[x](JaVaScRiPt:alert(1))</p>\n'],
  ['[x](data:text/html,y)', '<p>[x](data:text/html,y)</p>\n'],
  ['[x](other.html)', '<p>[x](other.html)</p>\n'],
  [
    '[x](https://shop.example/a)',
    '<p><a href="https://shop.example/a" rel="noreferrer">x</a></p>\n',
  ],
  ['[x](#!/model/model.shop.a)', '<p><a href="#!/model/model.shop.a" rel="noreferrer">x</a></p>\n'],
  [
    '![pic"ture](https://shop.example/a.png)',
    '<p><a href="https://shop.example/a.png" rel="noreferrer">pic&quot;ture</a></p>\n',
  ],
])('%s becomes text without harm', (text, html) => {
  expect(htmlOf(text)).toBe(html);
});
