import type { GraphNode, Manifest } from '../manifest/nodes.js';

/** A comparison that the caller makes in place of the built-in one; undefined leaves it to that. */
export type ModifiedCheck = (
  node: GraphNode,
  previous: Readonly<Record<string, unknown>>,
  aspect: string,
) => boolean | undefined;

export interface StateComparison {
  /** manifest.json of an earlier run, parsed. */
  readonly manifest: unknown;
  readonly modifiedCheck?: ModifiedCheck | undefined;
}

export interface SourceStatusComparison {
  /** sources.json of an earlier run, parsed; undefined where there is none. */
  readonly previous: unknown;
  /** sources.json of now, parsed; undefined where there is none. */
  readonly current: unknown;
}

/** What a method may look at. */
export interface MethodContext {
  readonly manifest: Manifest;
  readonly state: StateComparison | undefined;
  /** run_results.json of an earlier run, parsed. */
  readonly results: unknown;
  readonly sourceStatus: SourceStatusComparison | undefined;
}

/** Whether a node is meant. Built once for a criterion, asked for every node. */
export type NodeTest = (node: GraphNode) => boolean;

export type Method = (
  value: string,
  methodArguments: readonly string[],
  context: MethodContext,
) => NodeTest;
