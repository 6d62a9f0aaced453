import { errorText } from '../format/error-text.js';
import { knownSecrets, rememberSecretsOf } from './secrets.js';

/**
 * Writes an error to stderr. Tokens of the environment, of `.env` and of the profile never get there.
 *
 * @param options.done what the command had done before, as sentences without a full stop
 */
export function writeError(
  error: unknown,
  options: { readonly debug: boolean; readonly done?: readonly string[] },
): void {
  rememberSecretsOf(process.env);
  const { debug, done = [] } = options;
  const stays = done.map((deed) => `Done before that: ${deed}.\n`).join('');
  process.stderr.write(
    `${errorText(error, { debug, secrets: knownSecrets(), width: widthOf(process.stderr) })}\n${stays}`,
  );
}

function widthOf(stream: NodeJS.WriteStream): number | undefined {
  return stream.isTTY ? stream.columns : undefined;
}
