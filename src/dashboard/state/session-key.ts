/** The API key that was typed in: this tab knows it until it is closed, and no other does. */

const NAME = 'techstore-api-key';

export function readKey(): string | null {
  return sessionStorage.getItem(NAME);
}

export function keepKey(key: string): void {
  sessionStorage.setItem(NAME, key);
}

export function forgetKey(): void {
  sessionStorage.removeItem(NAME);
}
