/** Keeps secrets out of what is written: terminal, logs, artifacts. */

/** What stands in the place of a secret, as in dbt. */
export const redacted = '*****';

/**
 * A function that removes the given texts from any text, also as they look inside
 * of a URL or of JSON.
 *
 * @example redactor([token])(`GET /?token=${token}`) // 'GET /?token=*****'
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(
    secrets
      .filter((secret) => secret !== '')
      .flatMap((secret) => [secret, urlForm(secret), JSON.stringify(secret).slice(1, -1)]),
  );
  // The longest first: a secret may be a part of another.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((safe, form) => safe.replaceAll(form, redacted), text);
}

function urlForm(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    // A text with half a character in it can't be in a URL.
    return secret;
  }
}
