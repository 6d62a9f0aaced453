/** What other folders use of `packages`. */
export { addToList, type AddedPackage, type PackageKind } from './add-to-list.js';
export {
  installPackages,
  type DepsOptions,
  type DepsOutcome,
  type InstalledPackage,
} from './install-packages.js';
export { secretsOfUrl, shownUrl } from './shown-url.js';
