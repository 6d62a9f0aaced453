/** Files that models of a build write outside of its database: dbt-duckdb's external models. */

export interface ExternalFile {
  /** Absolute path of the file, or of the folder of files, that readers know. */
  readonly location: string;
  /** What of an earlier folder at that place stays: nothing, what the new one lacks, or files of other kinds. */
  readonly stays: 'nothing' | 'rest' | 'others';
  /** Ending of the files, with the dot: `.parquet`. */
  readonly ending: string;
  /** Statement that makes the model's view over the files at their location. */
  readonly view: string;
}

/** Keeps the files of a build apart from those of the published one until it is published. */
export interface ExternalFiles {
  /**
   * Call it before anything is written.
   *
   * @returns where to write: a path beside the location, at which nothing is
   * @throws TechstoreError `publish` for a location that another model of the build writes
   */
  stage(file: ExternalFile): Promise<string>;
  /** True if the published build wrote files at this location. */
  isOwn(location: string): boolean;
}
