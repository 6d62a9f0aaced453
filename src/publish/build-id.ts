import { randomBytes } from 'node:crypto';

/** `20261125T021539Z-3f9a`: sorts by time; the end tells builds of one second apart. */
export const BUILD_ID = /^\d{8}T\d{6}Z-[0-9a-f]{4}$/;

export function newBuildId(at: Date = new Date()): string {
  const stamp = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return `${stamp}-${randomBytes(2).toString('hex')}`;
}
