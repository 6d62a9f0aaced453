/** A table or view of a build, in whichever catalog the build is. */
export interface RelationPlace {
  readonly schema: string;
  readonly identifier: string;
}

/** Equal for places whose names differ in case alone, which neither engine tells apart. */
export function placeKey({ schema, identifier }: RelationPlace): string {
  return JSON.stringify([schema, identifier]).toLowerCase();
}
