import { errorText } from '../format/error-text.js';

/** Writes an error to stderr. Tokens of the environment never get there. */
export function writeError(error: unknown, options: { readonly debug: boolean }): void {
  const secrets = Object.entries(process.env)
    .filter(([name, value]) => /TOKEN|SECRET|PASSWORD/.test(name) && (value ?? '').length >= 4)
    .map(([, value]) => value ?? '');
  process.stderr.write(`${errorText(error, { ...options, secrets })}\n`);
}
