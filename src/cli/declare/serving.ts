/** `serve` and `keys`: the REST API, and who may ask it. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from '../commander.js';
import type { CreateKeyOptions, KeysOptions } from '../commands/keys.js';
import type { ServeOptions } from '../commands/serve.js';
import { wholeNumber, withFormat, withProject } from '../options.js';
import { examples } from './examples.js';

export function addServing(program: Command): void {
  withKeysFile(withProject(program.command('serve')))
    .description('answer questions over HTTP: the REST API and its documentation')
    .addOption(
      new Option('--port <n>', 'port to listen on; 0 for any that is free')
        .env('TECHSTORE_PORT')
        .argParser(port)
        .default(8000),
    )
    .addOption(
      new Option('--host <address>', 'address to listen on')
        .env('TECHSTORE_HOST')
        .default('127.0.0.1'),
    )
    .option('--allow-anonymous', 'ask for no key, also on an address that others can reach')
    .option('--allow-host <names...>', 'names beside localhost that it answers to without keys')
    .option('--cors-origin <origins...>', 'origins whose pages may read answers (default: none)')
    .option('--trust-proxy <addresses...>', 'proxies whose X-Forwarded-For is believed')
    .option('--rate-limit <n>', 'requests a minute of one key or address; 0: any', orNone, 6000)
    .option('--connections <n>', 'queries that run at once', wholeNumber(1), 3)
    .option('--query-threads <n>', 'threads of one query', wholeNumber(1), 1)
    .option('--queue <n>', 'queries that wait at most; more are refused', orNone, 100)
    .option('--query-limit <seconds>', 'how long a query may run', wholeNumber(1), 10)
    .option('--cache <MiB>', 'memory for answers', orNone, 64)
    .option(
      '--poll <seconds>',
      'how often to look for a new build (default: 4 times a second; on Databricks every 30 seconds)',
      wholeNumber(1),
    )
    .addOption(
      new Option('--log-level <level>', 'what is logged to stderr, as lines of JSON')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .addHelpText(
      'after',
      examples(
        'techstore serve --port 8000',
        'techstore keys create reports && techstore serve --host 0.0.0.0',
        'techstore serve --cors-origin https://shop.example',
      ),
    )
    .action(async (options: ServeOptions) => (await import('../commands/serve.js')).serve(options));
  addKeys(program);
}

function addKeys(program: Command): void {
  const keys = program.command('keys').description('keys of the REST API');
  withKeysFile(withProject(keys.command('create <name>')))
    .description('make a key and show it, once')
    .addOption(
      new Option('--scope <scopes...>', 'what the key may do')
        .choices(['read', 'customers:pii', 'metrics'])
        .default(['read']),
    )
    .option('--expires <when>', 'a date, or a number of days as 90d (default: never)')
    .option('--print-only', 'show the key and its record, and store nothing')
    .addHelpText(
      'after',
      examples(
        'techstore keys create reports --expires 90d',
        'techstore keys create support --scope read customers:pii',
      ),
    )
    .action(async (name: string, options: CreateKeyOptions) =>
      (await import('../commands/keys.js')).createKey(name, options),
    );
  withKeysFile(withFormat(withProject(keys.command('list'))))
    .description('names, scopes and expiry of the stored keys')
    .addHelpText('after', examples('techstore keys list', 'techstore keys list --json'))
    .action(async (options: KeysOptions) =>
      (await import('../commands/keys.js')).listKeys(options),
    );
  withKeysFile(withProject(keys.command('revoke <name>')))
    .description('remove a key; a running server refuses it within a second')
    .addHelpText('after', examples('techstore keys revoke reports'))
    .action(async (name: string, options: KeysOptions) =>
      (await import('../commands/keys.js')).revokeKey(name, options),
    );
}

function withKeysFile(command: Command): Command {
  return command.addOption(
    new Option(
      '--keys-file <path>',
      'where keys are stored, as hashes (default: .techstore/api-keys.json of the project)',
    ).env('TECHSTORE_KEYS_FILE'),
  );
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) {
    throw new InvalidArgumentError('It must be a port: a whole number up to 65535.');
  }
  return number;
}

function orNone(text: string): number {
  return text === '0' ? 0 : wholeNumber(1)(text);
}
