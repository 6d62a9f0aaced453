/** `completion` prints a shell's script; `__complete` answers it, a candidate a line. */
import type { Command } from 'commander';
import { candidates } from '../complete/candidates.js';
import { scripts } from '../complete/scripts.js';
import { inShell, shells, unfinishedLine, type Shell } from '../complete/shell-words.js';

export function completion(shell: Shell): void {
  process.stdout.write(scripts[shell]);
}

/** Says nothing where anything is wrong: whoever presses the tab key did not ask for an error. */
export async function complete(program: Command, shell: string, line: string): Promise<void> {
  try {
    process.stdout.write((await completionsOf(program, shell, line, process.cwd())).join(''));
  } catch {
    // See above.
  }
}

/** Lines with their ends; none for an unknown shell. */
export async function completionsOf(
  program: Command,
  shell: string,
  line: string,
  folder: string,
): Promise<readonly string[]> {
  const known = shells.find((name) => name === shell);
  if (known === undefined) return [];
  const words = unfinishedLine(line);
  const found = await candidates(program, words.before.slice(1), words.current, folder);
  return (
    found
      // A name with a line end, or with what commands a terminal, can't be offered.
      .filter((candidate) => !/\p{Cc}/u.test(candidate))
      .map((candidate) => `${inShell(known, candidate, words)}\n`)
  );
}
