/** What other folders use of `lineage`. Libraries are loaded when something is traced or drawn. */
export { columnList } from './column-list.js';
export { columnReach } from './column-reach.js';
export { columnTree } from './column-tree.js';
export {
  columnLineage,
  type ColumnLineage,
  type ColumnLineageOptions,
} from './columns/column-lineage.js';
export { columnReaders, type ColumnReaders } from './columns/column-readers.js';
export { columnKey, columnsByNode, nameOfId } from './columns-of.js';
export { EmptyTables, type TracingDatabase } from './columns/empty-tables.js';
export type { InputTable, TypedColumn } from './columns/query.js';
export { edgesAmong } from './edges-among.js';
export { lineageDot } from './formats/dot.js';
export { dictionaryMarkdown } from './formats/dictionary.js';
export { lineageJson } from './formats/json.js';
export { lineageMarkdown } from './formats/markdown.js';
export { lineageMermaid } from './formats/mermaid.js';
export { lineageSvg } from './formats/svg.js';
export type {
  ColumnRef,
  ColumnSource,
  How,
  Lineage,
  LineageColumn,
  LineageEdge,
  LineageNode,
} from './lineage.js';
export { around, layerOf, nodeLineage, type Reach } from './node-lineage.js';
export { nodeTree } from './node-tree.js';
