/** Shell patterns with the meaning of Python's fnmatch and pathlib, which dbt matches with. */

/** Whether one character is meant. */
type CharacterTest = (char: string) => boolean;

type Token = 'any' | CharacterTest;

/** Characters as Python counts them, not halves of them. */
const charactersOf = (text: string): string[] => Array.from(text);

const codeOf = (char: string): number => char.codePointAt(0) ?? 0;

/**
 * The pieces between the hyphens of a set that stand for ranges, as Python cuts them:
 * of `a-z0` they are `a` and `z0`. A hyphen at either end, or behind a range, is itself.
 */
function piecesOf(set: readonly string[]): string[] {
  const pieces: string[] = [];
  let start = 0;
  let hyphen = set.indexOf('-', set[0] === '!' ? 2 : 1);
  while (hyphen !== -1) {
    pieces.push(set.slice(start, hyphen).join(''));
    start = hyphen + 1;
    hyphen = set.indexOf('-', hyphen + 3);
  }
  const rest = set.slice(start).join('');
  if (rest !== '') pieces.push(rest);
  else pieces.push(`${pieces.pop() ?? ''}-`);
  return withoutEmptyRanges(pieces);
}

/** A range that ends before it starts holds nothing. */
function withoutEmptyRanges(pieces: string[]): string[] {
  const kept = pieces.map(charactersOf);
  for (let i = kept.length - 1; i > 0; i -= 1) {
    const [left = [], right = []] = [kept[i - 1], kept[i]];
    if (codeOf(left.at(-1) ?? '') <= codeOf(right[0] ?? '')) continue;
    kept.splice(i - 1, 2, [...left.slice(0, -1), ...right.slice(1)]);
  }
  return kept.map((piece) => piece.join(''));
}

/** What stands between the brackets of `[abc]`, `[!a-c]`. */
function setOf(inner: readonly string[]): CharacterTest {
  const pieces = (inner.includes('-') ? piecesOf(inner) : [inner.join('')]).map(charactersOf);
  const negated = pieces[0]?.[0] === '!';
  if (negated) pieces[0]?.shift();
  const single = new Set(pieces.flat());
  const ranges = pieces.slice(1).flatMap((piece, i) => {
    const from = pieces[i]?.at(-1);
    if (from !== undefined) return [[codeOf(from), codeOf(piece[0] ?? '')] as const];
    single.add('-');
    return [];
  });
  return (char) => {
    const code = codeOf(char);
    const found = single.has(char) || ranges.some(([from, to]) => from <= code && code <= to);
    return found !== negated;
  };
}

/** The end of the set that opens at `from`, or -1 where there is none: then `[` is itself. */
function endOfSet(pattern: readonly string[], from: number): number {
  let at = from + 1;
  if (pattern[at] === '!') at += 1;
  if (pattern[at] === ']') at += 1;
  return pattern.indexOf(']', at);
}

function tokensOf(text: string): Token[] {
  const pattern = charactersOf(text);
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i] ?? '';
    const end = char === '[' ? endOfSet(pattern, i) : -1;
    if (char === '*') {
      if (tokens.at(-1) !== 'any') tokens.push('any');
    } else if (char === '?') tokens.push(() => true);
    else if (end !== -1) {
      tokens.push(setOf(pattern.slice(i + 1, end)));
      i = end;
    } else tokens.push((other) => other === char);
  }
  return tokens;
}

/** A star takes as little as it can, and one character more wherever the rest does not fit. */
function matches(text: readonly string[], tokens: readonly Token[]): boolean {
  let [at, token] = [0, 0];
  let star: { token: number; at: number } | undefined;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === 'any') {
      star = { token, at };
      token += 1;
    } else if (wanted?.(text[at] ?? '') === true) {
      at += 1;
      token += 1;
    } else if (star !== undefined) {
      star.at += 1;
      at = star.at;
      token = star.token + 1;
    } else return false;
  }
  return tokens.slice(token).every((left) => left === 'any');
}

const read = new Map<string, readonly Token[]>();

/** Whether the whole text matches: `*` any text, `?` one character, `[abc]`, `[!abc]`. */
export function fnmatch(text: string, pattern: string): boolean {
  let tokens = read.get(pattern);
  if (tokens === undefined) {
    tokens = tokensOf(pattern);
    read.set(pattern, tokens);
  }
  return matches(charactersOf(text), tokens);
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
