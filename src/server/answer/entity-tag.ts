/** ETags: made of the build and the request alone, so that they are known before the answer is. */
import { createHash } from 'node:crypto';

/** Weak, since one tag stands for the answer in every compression. */
export function entityTag(key: string): string {
  return `W/"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`;
}

/** Whether `If-None-Match` names the tag; `*` names none, for it would ask whether there is an answer. */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const bare = tag.replace(/^W\//, '');
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === bare);
}
