/**
 * Docs blocks of Markdown files. Nothing else in such a file is Jinja: what merely looks like it is
 * prose. Comments and raw sections hide what stands in them, as in dbt.
 */
import { TechstoreError } from '../../errors.js';
import { parseTemplate, renderSync } from '../../jinja/index.js';

export interface FoundDocs {
  readonly name: string;
  /** Rendered: Jinja in it sees no names, as in dbt. */
  readonly contents: string;
  /** Of the opening tag, from 1. */
  readonly line: number;
}

/** What hides docs tags, and the tags themselves. None of these matches runs over another tag's start. */
const pieces =
  /\{#[\s\S]*?#\}|\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{%-?\s*docs(?:\s+(?<name>[A-Za-z_]\w*))?(?<rest>[^%{}]*)%\}|(?<end>\{%-?\s*enddocs\s*-?%\})/g;

/** @throws TechstoreError `compilation` for a block without a name or without its end, or Jinja in it that is none */
export function docsBlocks(text: string, file: string): FoundDocs[] {
  const found: FoundDocs[] = [];
  let open: { name: string; line: number; start: number } | undefined;
  for (const match of text.matchAll(pieces)) {
    const { name, rest, end } = match.groups ?? {};
    if (rest !== undefined) {
      const line = lineAt(text, match.index);
      if (open !== undefined) throw unclosed(open, file);
      if (name === undefined) {
        throw new TechstoreError('compilation', 'A docs block has no name', {
          place: { file, line },
          hint: 'Write {% docs name %} … {% enddocs %}.',
        });
      }
      open = { name, line, start: match.index + match[0].length };
    } else if (end !== undefined && open !== undefined) {
      const contents = text.slice(open.start, match.index);
      found.push({ ...open, contents: rendered(contents, file, lineAt(text, open.start)) });
      open = undefined;
    }
  }
  if (open !== undefined) throw unclosed(open, file);
  return found;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function unclosed({ name, line }: { name: string; line: number }, file: string): TechstoreError {
  return new TechstoreError('compilation', `The docs block '${name}' is not closed`, {
    place: { file, line },
    hint: 'Add {% enddocs %} after it.',
  });
}

function rendered(contents: string, file: string, firstLine: number): string {
  if (!/\{[{%#]/.test(contents)) return contents.trim();
  return renderSync(
    parseTemplate(contents, { file, firstLine }),
    {},
    { undefined: 'python' },
  ).trim();
}
