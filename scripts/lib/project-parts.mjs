/** What makes the dbt project; the rest of the repository is the program. */
export const projectParts = Object.freeze([
  'dbt_project.yml',
  'profiles.yml',
  'models',
  'macros',
  'seeds',
  'snapshots',
  'data-tests',
  'analyses',
]);
