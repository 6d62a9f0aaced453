/** What became of a model or a seed. */
export interface Made {
  readonly rows: number | null;
  readonly relationName: string | null;
  /** Null for what cannot be taken over into a later build. */
  readonly relationType: 'table' | 'view' | null;
  readonly message: string;
}
