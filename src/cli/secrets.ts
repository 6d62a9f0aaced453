/** Texts that no line of the program may show, as far as they are known by now. */
const known = new Set<string>();

/** A shorter one would make other words unreadable, and is no secret to rely on. */
const LEAST = 6;

export function rememberSecrets(texts: Iterable<string>): void {
  for (const text of texts) if (text.length >= LEAST) known.add(text);
}

/** Values of variables whose names say that they are secret. */
export function rememberSecretsOf(env: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(env))
    if (/TOKEN|SECRET|PASSWORD/i.test(name)) rememberSecrets([value ?? '']);
}

export function knownSecrets(): readonly string[] {
  return [...known];
}
