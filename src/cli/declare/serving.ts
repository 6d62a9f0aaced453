/** `serve` and `keys`: the REST API, and who may ask it. */
import type { Command } from 'commander';
import { Option } from '../commander.js';
import type { CreateKeyOptions, KeysOptions } from '../commands/keys.js';
import type { ServeOptions } from '../commands/serve.js';
import { port, wholeNumber, withFormat, withProject } from '../options.js';
import { examples } from './examples.js';

export function addServing(program: Command): void {
  withKeysFile(withProject(program.command('serve')))
    .description('serve the REST API, its documentation and the dashboard over HTTP')
    .addOption(
      new Option('--port <n>', 'port to listen on; 0 for any free port')
        .env('TECHSTORE_PORT')
        .argParser(port)
        .default(8000),
    )
    .addOption(
      new Option('--host <address>', 'address to listen on')
        .env('TECHSTORE_HOST')
        .default('127.0.0.1'),
    )
    .option('--allow-anonymous', 'require no API key, even on an address that others can reach')
    .option(
      '--allow-host <names...>',
      'host names accepted without API keys, in addition to localhost',
    )
    .option('--cors-origin <origins...>', 'origins whose pages may read responses (default: none)')
    .option('--trust-proxy <addresses...>', 'proxies whose X-Forwarded-For header is trusted')
    .option(
      '--rate-limit <n>',
      'requests per minute for each key or address; 0 for no limit',
      orNone,
      6000,
    )
    .option('--connections <n>', 'number of queries that run at the same time', wholeNumber(1), 3)
    .option('--query-threads <n>', 'threads per query', wholeNumber(1), 1)
    .option(
      '--queue <n>',
      'maximum number of waiting queries; further queries are refused',
      orNone,
      100,
    )
    .option('--query-limit <seconds>', 'maximum run time of a query', wholeNumber(1), 10)
    .option('--cache <MiB>', 'memory for cached answers', orNone, 64)
    .option(
      '--poll <seconds>',
      'how often to look for a new build (default: 4 times a second; on Databricks every 30 seconds)',
      wholeNumber(1),
    )
    .addOption(
      new Option('--log-level <level>', 'level of the log on stderr, as JSON lines')
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
  const keys = program.command('keys').description('manage API keys of the REST API');
  withKeysFile(withProject(keys.command('create <name>')))
    .description('create a key and show it once')
    .addOption(
      new Option('--scope <scopes...>', 'scopes of the key')
        .choices(['read', 'customers:pii', 'metrics'])
        .default(['read']),
    )
    .option('--expires <when>', 'expiry: a date, or a number of days such as 90d (default: never)')
    .option('--print-only', 'show the key and its record without storing it')
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
    .description('list names, scopes and expiry of the stored keys')
    .addHelpText('after', examples('techstore keys list', 'techstore keys list --json'))
    .action(async (options: KeysOptions) =>
      (await import('../commands/keys.js')).listKeys(options),
    );
  withKeysFile(withProject(keys.command('revoke <name>')))
    .description('remove a key; running servers refuse it within a second')
    .addHelpText('after', examples('techstore keys revoke reports'))
    .action(async (name: string, options: KeysOptions) =>
      (await import('../commands/keys.js')).revokeKey(name, options),
    );
}

function withKeysFile(command: Command): Command {
  return command.addOption(
    new Option(
      '--keys-file <path>',
      'file that stores the keys as hashes (default: .techstore/api-keys.json in the project)',
    ).env('TECHSTORE_KEYS_FILE'),
  );
}

function orNone(text: string): number {
  return text === '0' ? 0 : wholeNumber(1)(text);
}
