import { isSpace } from '../space.js';
import { methodsOf } from './method.js';

function all(self: string, pattern: RegExp): boolean {
  return self !== '' && pattern.test(self);
}

/** Python's str.islower. */
export function isLower(self: string): boolean {
  return /\p{Ll}/u.test(self) && !/[\p{Lu}\p{Lt}]/u.test(self);
}

/** Python's str.isupper. */
export function isUpper(self: string): boolean {
  return /\p{Lu}/u.test(self) && !/[\p{Ll}\p{Lt}]/u.test(self);
}

function isTitle(self: string): boolean {
  let found = false;
  for (const [word] of self.matchAll(/\p{L}+/gu)) {
    if (!/^[\p{Lu}\p{Lt}][^\p{Lu}\p{Lt}]*$/u.test(word)) return false;
    found = true;
  }
  return found;
}

/** The methods of a text that tell what it is made of. */
export const stringTests = methodsOf<string>({
  isdigit: ['', (self) => all(self, /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u)],
  isdecimal: ['', (self) => all(self, /^\p{Nd}+$/u)],
  isnumeric: ['', (self) => all(self, /^\p{N}+$/u)],
  isalpha: ['', (self) => all(self, /^\p{L}+$/u)],
  isalnum: ['', (self) => all(self, /^[\p{L}\p{N}]+$/u)],
  isidentifier: ['', (self) => all(self, /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u)],
  isascii: ['', (self) => /^[\0-\x7f]*$/.test(self)],
  isspace: ['', (self) => self !== '' && Array.from(self).every((c) => isSpace(c.charCodeAt(0)))],
  islower: ['', isLower],
  isupper: ['', isUpper],
  istitle: ['', isTitle],
  isprintable: ['', (self) => !/[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u.test(self.replaceAll(' ', ''))],
});
