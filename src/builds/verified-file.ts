/** Files of builds, read from end to end. */

/**
 * - `whole`: every block is what its checksum says, and the file holds what was built.
 * - `damaged`: bytes are not what was written.
 * - `changed`: whole, but another program wrote to it or left a log beside it.
 * - `unknown`: of a layout that can't be checked, or of a build from before contents were marked
 *   whose times are other ones.
 */
export type VerifyState = 'whole' | 'damaged' | 'changed' | 'unknown';

export interface Verified {
  readonly state: VerifyState;
  /** What is wrong, as a sentence's end; null for a file that is whole. */
  readonly problem: string | null;
}

/** What was found in one file. */
export interface VerifiedFile extends Verified {
  /** The build; null for a published file that no build made. */
  readonly id: string | null;
  /** Whether it is the kept file, or the published one where that is a file of its own. */
  readonly file: 'kept' | 'published';
  readonly path: string;
}
