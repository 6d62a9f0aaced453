/** Results of reading build files from end to end. */

/**
 * - `whole`: every block matches its checksum, and the file has the content that was built.
 * - `damaged`: a block does not match its checksum.
 * - `changed`: not damaged, but another program wrote to it or left a log beside it.
 * - `unknown`: its layout cannot be checked, or its times differ and its record has no content mark.
 */
export type VerifyState = 'whole' | 'damaged' | 'changed' | 'unknown';

export interface Verified {
  readonly state: VerifyState;
  /** The problem, as the end of a sentence; null for a `whole` file. */
  readonly problem: string | null;
}

/** The result for one file. */
export interface VerifiedFile extends Verified {
  /** Id of the build; null for a published file that is not a build. */
  readonly id: string | null;
  /** The kept file, or the published file. */
  readonly file: 'kept' | 'published';
  readonly path: string;
}
