/** Receives the progress of a run. */
import type { GraphNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';

export interface RunListener {
  /** @param total number of nodes to run */
  started(total: number): void;
  nodeStarted(node: GraphNode): void;
  nodeFinished(node: GraphNode, result: NodeResult): void;
  note(text: string): void;
  warn(text: string): void;
}
