/** Which rows of an input a model reads with `--sample`: those whose `event_time` is in the span. */
import type { GraphNode, ModelNode, SeedNode, SourceNode } from '../manifest/nodes.js';
import type { RowsRead } from './relation.js';
import type { Session } from './session.js';

/** Inputs of models, whatever may have the configuration `event_time`. */
export type TimedNode = ModelNode | SeedNode | SourceNode;

/** Nothing where the input has no `event_time`, or where it is no model that reads it. */
export function eventTimeFilter(
  from: GraphNode | null,
  input: TimedNode,
  { sample, quote }: Pick<Session, 'sample' | 'quote'>,
): Pick<RowsRead, 'between'> {
  const time = input.config.eventTime ?? null;
  if (sample === undefined || time === null || from?.resourceType !== 'model') return {};
  return { between: { ...sample, field: isQuoted(input, time) ? quote(time) : time } };
}

/** What the column says of itself counts before what its source says of all columns. */
function isQuoted(input: TimedNode, time: string): boolean {
  const column = Object.values(input.columns).find(({ name }) => name === time);
  const ofSource = input.resourceType === 'source' ? input.quoting.column : undefined;
  return column?.quote ?? ofSource ?? false;
}
