import { randomInt } from 'node:crypto';

/** `20261125T021539Z-3f9a`: sorts by time. The end distinguishes builds of the same second. */
export const BUILD_ID = /^\d{8}T\d{6}Z-[0-9a-f]{4}$/;

const SUFFIXES = 0x10000;

/**
 * An id for a build that starts at `at`. It sorts after `after`, even within a second and
 * after the clock was set back: the order of ids is the order of builds.
 */
export function newBuildId(at: Date, after = ''): string {
  const stamp = stampOf(at);
  const [lastStamp = '', lastSuffix = ''] = after.split('-');
  if (stamp > lastStamp) return idOf(stamp, randomInt(0, SUFFIXES / 2));
  const next = Number.parseInt(lastSuffix, 16) + randomInt(1, 64);
  if (next < SUFFIXES) return idOf(lastStamp, next);
  return idOf(stampOf(new Date(timeOf(lastStamp) + 1000)), randomInt(0, SUFFIXES / 2));
}

function idOf(stamp: string, suffix: number): string {
  return `${stamp}-${suffix.toString(16).padStart(4, '0')}`;
}

function stampOf(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
}

function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
