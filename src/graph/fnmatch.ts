/** Shell patterns with the meaning of Python's fnmatch and pathlib, which dbt matches with. */

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** `[abc]`, `[!a-c]`: the set at `from`, or undefined where its end is missing. */
function setAt(pattern: string, from: number): { source: string; end: number } | undefined {
  let end = from + 1;
  if (pattern[end] === '!') end += 1;
  if (pattern[end] === ']') end += 1;
  end = pattern.indexOf(']', end);
  if (end === -1) return undefined;
  const inner = pattern.slice(from + 1, end);
  const negated = inner.startsWith('!');
  const body = (negated ? inner.slice(1) : inner).replace(/[\\\]^[]/g, '\\$&');
  // An end before its start holds nothing in Python, and is a fault in JavaScript.
  const safe = body.replace(/(.)-(.)/gsu, (range: string, a: string, b: string) =>
    a <= b ? range : '',
  );
  if (safe === '') return { source: negated ? '.' : '(?!)', end };
  return { source: `[${negated ? '^' : ''}${safe}]`, end };
}

function translate(pattern: string, any: string, one: string): string {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i] ?? '';
    if (char === '*') source += any;
    else if (char === '?') source += one;
    else if (char === '[') {
      const set = setAt(pattern, i);
      source += set?.source ?? '\\[';
      if (set !== undefined) i = set.end;
    } else source += escape(char);
  }
  return source;
}

const compiled = new Map<string, RegExp>();

/** Whether the whole text matches: `*` any text, `?` one character, `[abc]`, `[!abc]`. */
export function fnmatch(text: string, pattern: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    // One star after another would make the match slow, and means no more.
    expression = new RegExp(`^${translate(pattern.replace(/\*+/g, '*'), '.*', '.')}$`, 'su');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/**
 * Whether a path matches a glob part by part: a star stays within one part, and
 * `**` as a part of its own is any number of folders.
 */
export function globMatch(path: string, pattern: string): boolean {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  return matchParts(path.split('/'), parts);
}

function matchParts(path: readonly string[], pattern: readonly string[]): boolean {
  // Positions of the path that the pattern so far can have reached.
  let reached = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === '**') for (let i = at; i <= path.length; i += 1) next.add(i);
      else if (at < path.length && fnmatch(path[at] ?? '', part)) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(path.length);
}
