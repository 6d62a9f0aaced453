import { errorText } from '../format/error-text.js';
import { knownSecrets, rememberSecretsOf } from './secrets.js';

/** Writes an error to stderr. Tokens of the environment, of `.env` and of the profile never get there. */
export function writeError(error: unknown, options: { readonly debug: boolean }): void {
  rememberSecretsOf(process.env);
  process.stderr.write(`${errorText(error, { ...options, secrets: knownSecrets() })}\n`);
}
