/** What other folders use of `project`. */
export type { ConfigEntry, ConfigKind } from './config-tree.js';
export { ConfigTrees, normalConfigKey } from './config-tree.js';
export { discoverFiles, type ProjectFile, type ProjectFiles } from './discover-files.js';
export { refuseDuplicateProperties } from './duplicate-properties.js';
export { loadEnvironment, type Environment } from './environment.js';
export type { Issue, ProjectWarning } from './issues.js';
export { loadProfile, type LoadProfileOptions, type Render } from './load-profile.js';
export {
  loadProject,
  type LoadProjectOptions,
  type Project,
  type ProjectPaths,
  type SqlText,
} from './load-project.js';
export type { DatabricksTarget, DuckdbTarget, Profile } from './profile.js';
export type * from './properties.js';
export { parseProperties, readProperties, type ReadPropertiesOptions } from './read-properties.js';
export { readBytes, readText } from './read-text.js';
export { Secret } from './secret.js';
export { readSelectors, type SelectorEntry } from './selectors-file.js';
export { byCodePoints } from './text-order.js';
export { unaskedVars } from './unasked-vars.js';
export type { ProjectVars } from './vars.js';
export { parseYaml, type YamlDocument, type YamlOptions, type YamlPath } from './yaml-document.js';
export type { FloatMaker } from './yaml-scalars.js';
export { profilesFilesFor } from './find-profiles.js';
