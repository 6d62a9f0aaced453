/**
 * The parser of arguments, by `require`: it is CommonJS, and on `import` Node first reads it for the
 * names that it exports, which every command would wait for. Types come from the package itself.
 */
import type * as Commander from 'commander';
import { createRequire } from 'node:module';

export const { Argument, Command, CommanderError, InvalidArgumentError, Option } = createRequire(
  import.meta.url,
)('commander') as typeof Commander;
