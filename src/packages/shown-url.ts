/** URLs as messages show them: without what may be a password or a token. */

/** `https://token@host/a.git?sig=1` as `https://host/a.git`; what is no URL with a scheme stays as it is. */
export function shownUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^?#]*)[?#].*$/is, '$1');
}

/** What of a URL no message may show. */
export function secretsOfUrl(url: string): string[] {
  const user = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/i.exec(url)?.[1];
  const query = /^[a-z][a-z0-9+.-]*:\/\/[^?#]*\?([^#]*)/i.exec(url)?.[1];
  const all = [
    ...(user === undefined ? [] : [user, ...user.split(':')]),
    ...(query === undefined ? [] : [query]),
  ];
  return [...new Set(all)].filter((text) => text !== '' && text !== 'git');
}

/** A text of another program without these URLs' secrets. */
export function withoutSecretsOf(text: string, urls: readonly string[]): string {
  const secrets = urls.flatMap(secretsOfUrl).sort((a, b) => b.length - a.length);
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '*****'), text);
}
