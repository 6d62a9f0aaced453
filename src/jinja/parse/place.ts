import { TechstoreError, type Place } from '../../errors.js';

/** What a fault needs to know of the template it lies in. */
export interface Located {
  readonly file: string;
  readonly source: string;
  readonly firstLine: number;
  readonly firstColumn: number;
}

/** Line and column, from 1, of an offset in the template, counted in its file. */
export function lineAndColumn(template: Located, offset: number): { line: number; column: number } {
  const before = template.source.slice(0, offset);
  const newline = before.lastIndexOf('\n');
  let breaks = 0;
  for (let i = before.indexOf('\n'); i !== -1; i = before.indexOf('\n', i + 1)) breaks += 1;
  const column = offset - newline;
  return {
    line: template.firstLine + breaks,
    column: breaks === 0 ? column + template.firstColumn - 1 : column,
  };
}

export function placeOf(template: Located, offset: number): Place {
  return { file: template.file, ...lineAndColumn(template, offset) };
}

/** The line of the offset with one line before and after, and a caret under the offset. */
export function excerptOf(template: Located, offset: number): string {
  const lines = template.source.split('\n');
  const index = template.source.slice(0, offset).split('\n').length - 1;
  const column = offset - (template.source.lastIndexOf('\n', offset - 1) + 1);
  const last = Math.min(lines.length - 1, index + 1);
  const width = String(template.firstLine + last).length;
  const laidOut: string[] = [];
  for (let i = Math.max(0, index - 1); i <= last; i += 1) {
    const text = lines[i] ?? '';
    laidOut.push(`${String(template.firstLine + i).padStart(width)} | ${text}`.trimEnd());
    if (i === index) {
      // Tabs stay tabs, so that the caret stands under its character.
      const gap = text.slice(0, column).replace(/[^\t]/g, ' ');
      laidOut.push(`${' '.repeat(width)} | ${gap}^`);
    }
  }
  return laidOut.join('\n');
}

/** The error of code 'compilation' for a fault at an offset of a template. */
export function errorAt(
  template: Located,
  offset: number,
  message: string,
  options: { hint?: string | undefined; stackOfCalls?: readonly string[]; cause?: unknown } = {},
): TechstoreError {
  return new TechstoreError('compilation', message, {
    place: placeOf(template, offset),
    excerpt: excerptOf(template, offset),
    ...(options.hint === undefined ? {} : { hint: options.hint }),
    ...(options.stackOfCalls === undefined ? {} : { stackOfCalls: options.stackOfCalls }),
    ...(options.cause === undefined ? {} : { cause: options.cause }),
  });
}
