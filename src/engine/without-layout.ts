/** SQL without comments and layout: two texts that come out alike mean the same to the database. */

/** A stretch of SQL. Together they cover the text, in order and without gaps. */
export interface Segment {
  readonly kind: 'code' | 'quoted' | 'comment';
  readonly start: number;
  readonly end: number;
}

/** What hints an engine takes stands in comments of this form: they are kept. */
const hint = '/*+';

/** Text that a query can read of itself. */
const readsItself = /current_query/i;

const word = /[\p{L}\p{N}_$\u0080-\uffff]/u;
const operator = /[-+*/<>=~!@#%^&|?:.`\\]/;

/**
 * Comments go, and blanks where they only part what is parted anyhow. Where a doubt is left, blanks stay:
 * then a change of layout counts as one of the SQL, which costs a run and nothing else.
 *
 * @param segments of the dialect
 */
export function withoutLayout(sql: string, segments: readonly Segment[]): string {
  if (readsItself.test(sql)) return sql;
  const out: string[] = [];
  let last = '';
  let lastQuoted = false;
  /** Blanks that were passed over: none, some, some with a line's end. */
  let gap = '' as '' | ' ' | '\n';
  const add = (text: string, quoted: boolean): void => {
    const first = text.charAt(0);
    if (gap !== '' && last !== '' && needsGap(last, lastQuoted, first, quoted)) {
      // 'a' and 'b' on two lines are one text, which they are not on one line.
      out.push(lastQuoted && quoted ? gap : ' ');
    }
    out.push(text);
    last = text.charAt(text.length - 1);
    lastQuoted = quoted;
    gap = '';
  };
  for (const { kind, start, end } of segments) {
    const text = sql.slice(start, end);
    if (kind === 'quoted') add(text, true);
    else if (kind === 'comment') {
      if (text.startsWith(hint)) add(text, true);
      else gap = text.includes('\n') || gap === '\n' ? '\n' : ' ';
    } else {
      for (const part of text.match(/\s+|\S+/g) ?? []) {
        if (part.trim() !== '') add(part, false);
        else gap = part.includes('\n') || gap === '\n' ? '\n' : ' ';
      }
    }
  }
  return out.join('');
}

function needsGap(left: string, leftQuoted: boolean, right: string, rightQuoted: boolean): boolean {
  const isWordLike = (char: string, quoted: boolean): boolean => quoted || word.test(char);
  if (isWordLike(left, leftQuoted) && isWordLike(right, rightQuoted)) return true;
  if (leftQuoted || rightQuoted) return false;
  // `1 .5`, `a. 1` and the like are left as they are.
  if (left === '.' || right === '.') return true;
  return operator.test(left) && operator.test(right);
}
