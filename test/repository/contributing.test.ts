import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { textOf } from './imports.js';

const text = textOf('CONTRIBUTING.md');
const topics = text.split(/^### /m).slice(1);

/** What stands between backticks and has a slash, or is a file of the root. */
function filesIn(part: string): readonly string[] {
  return [...part.matchAll(/`([^`\s]+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => /\/|\.(md|json)$/.test(name));
}

describe('CONTRIBUTING.md', () => {
  test('tells how to add each of the things that are added', () => {
    expect(topics.map((topic) => topic.split('\n')[0])).toEqual([
      'A metric',
      'A command',
      'An engine',
      'A kind of build store',
      'A Jinja filter',
      'A generic test',
      'A source format',
    ]);
  });

  test.each(topics.map((topic) => [topic.split('\n')[0], topic]))(
    '%s: each file that it names exists',
    (_, topic) => {
      const files = filesIn(topic ?? '');
      expect(files.length).toBeGreaterThan(2);
      expect(files.filter((file) => !existsSync(file))).toEqual([]);
    },
  );

  test('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
