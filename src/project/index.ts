/** What other folders use of `project`. */
export { configEffect, configKeys } from './config-keys.js';
export type { ConfigEntry, ConfigKind } from './config-tree.js';
export { ConfigTrees, normalConfigKey } from './config-tree.js';
export { discoverFiles, type ProjectFiles } from './discover-files.js';
export { refuseDuplicateProperties } from './duplicate-properties.js';
export { installedPackages } from './installed-packages.js';
export { loadEnvironment, type Environment } from './environment.js';
export { excerptOf } from './excerpt.js';
export { profilesFilesFor } from './find-profiles.js';
export type { Issue, ProjectWarning } from './issues.js';
export {
  listedPackages,
  listIn,
  type ListedPackage,
  type PackageEntry,
} from './listed-packages.js';
export { loadProfile, type LoadProfileOptions, type Render } from './load-profile.js';
export {
  loadProject,
  type LoadProjectOptions,
  type Project,
  type ProjectPaths,
  type SqlText,
} from './load-project.js';
export { assignOwn, lookUp, setOwn } from './look-up.js';
export type { DatabricksTarget, DuckdbTarget, Profile } from './profile.js';
export type * from './properties.js';
export type { ProjectFile } from './project-file.js';
export { freshnessIn } from './read-source-properties.js';
export { parseProperties, readProperties, type ReadPropertiesOptions } from './read-properties.js';
export { readBytes, readText } from './read-text.js';
export { acceptsOurLevel, dbtLevel } from './required-version.js';
export { Secret } from './secret.js';
export { readSelectors, type SelectorEntry } from './selectors-file.js';
export { fieldsOf, filesOf, secretsOf, settingsOf } from './target-facts.js';
export { byCodePoints } from './text-order.js';
export { unaskedVars } from './unasked-vars.js';
export type { ProjectVars } from './vars.js';
export { parseYaml, type YamlDocument, type YamlOptions } from './yaml-document.js';
export type { YamlPath } from './yaml-path.js';
export { scalarTags, type FloatMaker } from './yaml-scalars.js';
