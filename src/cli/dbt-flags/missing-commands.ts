/** Commands of dbt that are not here, and what to do instead. */
export const missingCommands: Readonly<Record<string, string>> = {
  snapshot: 'Snapshots are not supported yet.',
  init: 'Write dbt_project.yml and profiles.yml, or copy them from another project.',
};
