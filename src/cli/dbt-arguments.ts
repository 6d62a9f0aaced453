/** Arguments in dbt's order and words, as the parser of this program wants them. */
import { dbtCommands, dbtFlags, type DbtFlag } from './dbt-flags.js';

const byName = new Map(dbtFlags.flatMap((flag) => flag.names.map((name) => [name, flag] as const)));

/** One flag with its value, or one word. */
interface Part {
  readonly flag: DbtFlag | undefined;
  readonly words: readonly string[];
}

/**
 * Puts what stands before the command behind it, and writes dbt's flags as this program has them.
 *
 * @param optionsOf long and short names of the options that a command has; none for an unknown command
 * @param environment gets what only a variable can say
 */
export function fromDbt(
  args: readonly string[],
  optionsOf: (command: string) => ReadonlySet<string>,
  environment: Record<string, string | undefined> = process.env,
): readonly string[] {
  const at = commandAt(args);
  const command = args[at];
  if (command === undefined || !dbtCommands.has(command)) return args;
  const before = partsOf(args.slice(0, at));
  const after = partsOf(args.slice(at + 1));
  const has = optionsOf(`${command} ${args[at + 1] ?? ''}`);
  const known = has.size > 0 ? has : optionsOf(command);
  const written = (part: Part): readonly string[] => writtenAs(part, known, environment);
  // A command of two words, as `source freshness`, keeps both at its head.
  const isTwo = has.size > 0;
  const [second, ...rest] = isTwo ? after : [{ flag: undefined, words: [] }, ...after];
  return [command, ...(second?.words ?? []), ...rest.flatMap(written), ...before.flatMap(written)];
}

/** Where the command stands: behind flags that dbt takes before it, with their values. */
function commandAt(args: readonly string[]): number {
  let at = 0;
  while (at < args.length) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-')) return at;
    const flag = byName.get(nameOf(arg));
    // Another option may have a value, or be one of this program alone.
    if (flag === undefined) return args.length;
    at += flag.takesValue === true && !arg.includes('=') ? 2 : 1;
  }
  return at;
}

function partsOf(args: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') return [...parts, { flag: undefined, words: args.slice(at) }];
    const flag = arg.startsWith('-') ? byName.get(nameOf(arg)) : undefined;
    const next = args[at + 1];
    const hasNext = flag?.takesValue === true && !arg.includes('=') && next !== undefined;
    parts.push({ flag, words: hasNext ? [arg, next] : [arg] });
    if (hasNext) at++;
  }
  return parts;
}

function writtenAs(
  { flag, words }: Part,
  known: ReadonlySet<string>,
  environment: Record<string, string | undefined>,
): readonly string[] {
  const [given = ''] = words;
  if (flag === undefined) return words;
  const value = given.includes('=') ? given.slice(given.indexOf('=') + 1) : (words[1] ?? '');
  const ours = typeof flag.becomes === 'string' ? flag.becomes : nameOf(given);
  // What a command has under this very name is its own.
  if (flag.becomes !== undefined && known.has(nameOf(given))) return words;
  if (flag.unsets !== undefined) delete environment[flag.unsets];
  if (flag.sets !== undefined) {
    const [name, text] = flag.sets(value);
    environment[name] = text;
  }
  if (flag.becomes === null) return [];
  if (typeof flag.becomes === 'function')
    return flag.becomes(value).filter((word) => known.has(word));
  // dbt takes these for every command, and for this one they change nothing.
  if (!known.has(ours)) return isForAll(flag) ? [] : [ours, ...words.slice(1)];
  return given.includes('=') ? [`${ours}=${value}`] : [ours, ...words.slice(1)];
}

function nameOf(arg: string): string {
  return arg.split('=', 1)[0] ?? arg;
}

/** Flags that dbt takes for every command. */
const forAll: ReadonlySet<string> = new Set([
  '--debug',
  '--quiet',
  '--no-use-colors',
  '--warn-error',
  '--threads',
  '--fail-fast',
  '-x',
  '--profile',
  '--profiles-dir',
  '--target',
  '--vars',
]);

function isForAll(flag: DbtFlag): boolean {
  return flag.names.some((name) => forAll.has(name));
}
