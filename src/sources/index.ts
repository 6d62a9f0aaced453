export type { SourceDatabase } from './database.js';
export type { SourceColumn } from './column-type.js';
export { parseColumnType } from './column-type.js';
export { type SourceFault, SourceFaultsError, formatFault } from './fault.js';
export { type CsvTable, loadCsv } from './load-csv.js';
export { checkFolder, type FolderCheck, type SourceFile } from './folder.js';
export {
  type LoadedTable,
  loadSources,
  type SourceFolder,
  type SourceTable,
} from './load-sources.js';
export { fingerprint, fingerprintFile } from './fingerprint.js';
export { parseSmallCsv, readHeader } from './small-csv.js';
export { type LoadedSeed, loadSeed, type Seed } from './seed/load-seed.js';
export { readSeed, type SeedColumn } from './seed/read-seed.js';
