/** ETags: made of the build and the request alone, so that they are known before the answer is. */
import { createHash } from 'node:crypto';

/** Weak, since one tag stands for the answer in every compression. */
export function entityTag(key: string): string {
  return `W/"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`;
}

const tags = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/**
 * Whether `If-None-Match` names the tag, weak or strong, alone or in a list. What is no list of
 * tags names none; `*` is another question: see `http/if-none-match.ts`.
 */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined || !/^[ \t,]*$/.test(header.replace(tags, ''))) return false;
  const bare = tag.replace(/^W\//, '');
  return header.match(tags)?.some((one) => one.replace(/^W\//, '') === bare) === true;
}
