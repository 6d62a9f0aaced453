/** A file of the project, below one of its resource folders. */
export interface ProjectFile {
  readonly absolutePath: string;
  /** The resource folder as dbt_project.yml names it: `models`. */
  readonly folder: string;
  /** Inside the resource folder: `silver/orders.sql`. Always with slashes. */
  readonly path: string;
  /** Inside the root project: `models/silver/orders.sql`, `dbt_packages/tools/models/dates.sql`. Always with slashes. */
  readonly originalFilePath: string;
}
