/** Options before the command, as dbt takes them: `techstore --quiet build`. */
import type { Command, Option } from 'commander';

/**
 * Puts options before the command behind it.
 *
 * @returns `args` themselves if the first is no option, is one of the program's own, or is unknown
 */
export function commandFirst(args: readonly string[], program: Command): readonly string[] {
  // Most commands have none there, and to list all options takes its time.
  if (args[0]?.startsWith('-') !== true) return args;
  const own = new Set(program.options.flatMap(({ long, short }) => [long, short]));
  const options = new Map<string, Option>();
  for (const command of program.commands)
    for (const each of [command, ...command.commands])
      for (const option of each.options)
        for (const name of [option.long, option.short])
          if (typeof name === 'string' && !options.has(name)) options.set(name, option);
  let at = 0;
  while (args[at]?.startsWith('-') === true) {
    const [name = '', value] = (args[at] ?? '').split('=', 2);
    const option = options.get(name);
    if (own.has(name) || option === undefined) return args;
    at += option.required && value === undefined ? 2 : 1;
  }
  if (at === 0 || at >= args.length) return args;
  const rest = args.slice(at);
  const end = rest.indexOf('--');
  const last = end === -1 ? rest.length : end;
  return [...rest.slice(0, last), ...args.slice(0, at), ...rest.slice(last)];
}
