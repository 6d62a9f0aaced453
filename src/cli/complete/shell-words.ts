/** A command line that is not finished, cut into words as a shell would, and words put back into it. */

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export interface UnfinishedLine {
  /** Words before the last one, without their quotes; the program's name is the first. */
  readonly before: readonly string[];
  /** The word at the cursor; empty behind a space. */
  readonly current: string;
  /** The quote in which the cursor stands, if it does. */
  readonly openQuote: '"' | "'" | null;
}

/** Quotes and backslashes have the meaning that all three shells share. */
export function unfinishedLine(line: string): UnfinishedLine {
  const words: string[] = [];
  let word = '';
  let inWord = false;
  let quote: '"' | "'" | null = null;
  for (let i = 0; i < line.length; i += 1) {
    const c = line.charAt(i);
    if (c === '\\' && quote !== "'") {
      i += 1;
      word += line.charAt(i);
      inWord = true;
    } else if (quote !== null) {
      if (c === quote) quote = null;
      else word += c;
    } else if (c === '"' || c === "'") {
      quote = c;
      inWord = true;
    } else if (/\s/.test(c)) {
      if (inWord) words.push(word);
      word = '';
      inWord = false;
    } else {
      word += c;
      inWord = true;
    }
  }
  return { before: words, current: word, openQuote: quote };
}

/**
 * The candidate as the shell's completion wants it. zsh and fish quote by themselves. bash
 * puts in what it is given, in place of what stands behind the last of its word breaks.
 */
export function inShell(shell: Shell, candidate: string, line: UnfinishedLine): string {
  if (shell !== 'bash') return candidate;
  if (line.openQuote === "'") return candidate;
  if (line.openQuote === '"') return candidate.replace(/[\\"$`]/g, '\\$&');
  const broken = Math.max(line.current.lastIndexOf('='), line.current.lastIndexOf(':'));
  return candidate.slice(broken + 1).replace(/[^\w@%+=:,./-]/gu, '\\$&');
}
