/** A table or view of a build, in whichever catalog the build is. */
export interface RelationPlace {
  readonly schema: string;
  readonly identifier: string;
}
