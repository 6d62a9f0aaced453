/** What is drawn of a state; the last drawing stays while there is no other. */
import { useMemo, useRef } from 'preact/hooks';
import { Artist, type LineageDrawing } from './drawing.js';
import type { PageGraph } from './graph.js';
import { textMeasure } from './measure.js';
import type { Measure } from './boxes.js';
import type { Shown } from './shown.js';
import { useGraphviz } from './use-graphviz.js';

export interface Drawn {
  /** Null: not yet, or it could not be made. */
  readonly drawing: LineageDrawing | null;
  /** Why there is none. */
  readonly trouble: string | null;
  readonly measure: Measure;
}

export function useDrawing(graph: PageGraph, shown: Shown): Drawn {
  const graphviz = useGraphviz();
  const measure = useMemo(textMeasure, []);
  const artist = useMemo(
    () =>
      graphviz === null || graphviz === 'failed' ? null : new Artist(graph, graphviz, measure),
    [graph, graphviz, measure],
  );
  const broken = useRef<string | null>(null);
  const drawing = useMemo(() => {
    broken.current = null;
    try {
      return artist?.draw(shown) ?? null;
    } catch (error) {
      broken.current = `The picture could not be drawn: ${error instanceof Error ? error.message : String(error)}. Show fewer tables or columns.`;
      return null;
    }
  }, [artist, shown]);
  const trouble =
    graphviz === 'failed'
      ? 'This browser does not run WebAssembly, so there is no picture. The list has the same tables.'
      : broken.current;
  return { drawing, trouble, measure };
}
