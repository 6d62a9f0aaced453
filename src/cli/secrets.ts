import { redacted, redactor } from '../format/redact.js';

/** Texts that no line of the program may show, as far as they are known by now. */
const known = new Set<string>();

/** A shorter one would make other words unreadable, and is no secret to rely on. */
const LEAST = 6;

/** dbt's own names for secrets: whoever takes one of them means it. */
const declared = /^DBT_ENV_SECRET/;
const LEAST_DECLARED = 3;

export function rememberSecrets(texts: Iterable<string>): void {
  for (const text of texts) if (text.length >= LEAST) known.add(text);
}

/** Values of variables whose names say that they are secret. */
export function rememberSecretsOf(env: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(env))
    if (declared.test(name) && (value ?? '').length >= LEAST_DECLARED) known.add(value ?? '');
    else if (/TOKEN|SECRET|PASSWORD/i.test(name)) rememberSecrets([value ?? '']);
}

export function knownSecrets(): readonly string[] {
  return [...known];
}

/** The text without any known secret in it. */
export function withoutSecretsIn(text: string): string {
  return known.size === 0 ? text : redactor(knownSecrets())(text);
}

/** JSON without any known secret in it, in no text, number or key. */
export function withoutSecrets(json: unknown): unknown {
  return known.size === 0 ? json : cleaned(json, redactor(knownSecrets()));
}

function cleaned(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return known.has(String(value)) ? redacted : value;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, redact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [redact(key), cleaned(inner, redact)]),
  );
}
