/** All that a picture of the lineage needs: what the page shows, and what it exports. */
import { layerColours, type LayerColour } from '../../../lineage/layers.js';
import { boxOf, type Measure } from './boxes.js';
import { dotOf } from './dot.js';
import type { PageGraph } from './graph.js';
import { layoutOf, type Drawer, type Layout } from './layout.js';
import type { Shown, ShownNode } from './shown.js';

export interface LineageDrawing {
  readonly graph: PageGraph;
  readonly shown: Shown;
  readonly layout: Layout;
  readonly nodes: ReadonlyMap<number, ShownNode>;
  readonly colourOf: (node: number) => LayerColour;
}

/** Draws; what was drawn last is kept, since many states differ only in what is lit. */
export class Artist {
  private readonly kept = new Map<string, Layout>();
  private readonly colours: ReadonlyMap<string, LayerColour>;

  private readonly graph: PageGraph;
  private readonly drawer: Drawer;
  private readonly measure: Measure;

  constructor(graph: PageGraph, drawer: Drawer, measure: Measure) {
    this.graph = graph;
    this.drawer = drawer;
    this.measure = measure;
    this.colours = layerColours(graph.nodes);
  }

  draw(shown: Shown): LineageDrawing {
    const boxes = shown.nodes.map((node) => boxOf(this.graph, node, this.measure));
    const dot = dotOf(shown, boxes);
    const layout = this.kept.get(dot.text) ?? layoutOf(this.drawer, dot, boxes);
    this.kept.delete(dot.text);
    this.kept.set(dot.text, layout);
    const [oldest] = this.kept.keys();
    if (this.kept.size > 12 && oldest !== undefined) this.kept.delete(oldest);
    return {
      graph: this.graph,
      shown,
      layout,
      nodes: new Map(shown.nodes.map((node) => [node.node, node])),
      colourOf: (node) =>
        this.colours.get(this.graph.nodes[node]?.layer ?? '') ?? {
          fill: '#ffffff',
          border: '#666666',
          terminal: 'gray',
        },
    };
  }
}
