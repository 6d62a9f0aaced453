/** The picture in the page. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { headHeight, rowHeight } from './boxes.js';
import type { PlacedBox } from './layout.js';
import { arrowHead, curve } from './lines.js';
import { PictureBox } from './picture-box.js';
import type { PictureActions, PictureProps } from './picture-props.js';
import type { ShownEdge } from './shown.js';
import { useViewport } from './use-viewport.js';
import type { Area } from './viewport.js';

export function Picture(props: PictureProps) {
  const { drawing, label, onMover, onNothing } = props;
  const { layout, shown } = drawing;
  const frame = useRef<SVGSVGElement>(null);
  const group = useRef<SVGGElement>(null);
  const focus = layout.places.find(({ box }) => box.node === shown.focus);
  // A picture that is laid out as before stays where it is.
  const key = `${layoutNumber(layout)} ${shown.focus} ${shown.column}`;
  const mover = useViewport(
    frame,
    group,
    layout,
    focus === undefined ? null : areaOf(focus, shown.column),
    key,
  );
  useEffect(() => onMover(mover), [mover]);
  useKeptFocus(frame, layout);

  const lines = [...shown.edges, ...shown.columnEdges].map((edge, i) => ({
    edge,
    points: layout.lines[i] ?? [],
  }));
  return (
    <svg
      ref={frame}
      class={shown.focus === null ? 'picture' : 'picture followed'}
      role="group"
      aria-label={label}
      onClick={({ target }) => {
        if (!mover.wasDragged() && !press(target as Element, props)) onNothing();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        if (press(event.target as Element, props)) event.preventDefault();
      }}
      onFocusIn={({ target }) => {
        const place = layout.places[indexOfBox(target as Element)];
        if (place !== undefined) mover.reveal(areaOf(place));
      }}
    >
      <g ref={group}>
        <g aria-hidden="true">
          {['dim', 'plain', 'lit'].map((mark) => (
            <g key={mark} class={`lines ${mark}`}>
              {lines.flatMap(({ edge, points }) =>
                edge.mark === mark && points.length > 0
                  ? [
                      <g key={keyOf(edge)} class={edge.direct ? undefined : 'far'}>
                        <path class="line" d={curve(points)} />
                        <path class="tip" d={arrowHead(points)} />
                      </g>,
                    ]
                  : [],
              )}
            </g>
          ))}
        </g>
        <g role="list" aria-label="Tables">
          {layout.places.map((place) => (
            <PictureBox key={place.box.node} drawing={drawing} place={place} />
          ))}
        </g>
      </g>
    </svg>
  );
}

/** Does what the element under a press is there for; false where it is there for nothing. */
function press(target: Element, { onNode, onColumn, onSign }: PictureActions): boolean {
  const button = target.closest<SVGElement>('[data-do]');
  if (button === null) return target.closest('.box') !== null;
  const { do: action, on } = button.dataset;
  if (action === 'node') onNode(Number(on));
  else if (action === 'column') onColumn(Number(on));
  else onSign(Number(on));
  return true;
}

/** Boxes stand in the order of the layout. */
function indexOfBox(target: Element): number {
  const box = target.closest('.box');
  return box === null ? -1 : [...(box.parentElement?.children ?? [])].indexOf(box);
}

const numbers = new WeakMap<object, number>();
let last = 0;

function layoutNumber(layout: object): number {
  const number = numbers.get(layout) ?? ++last;
  numbers.set(layout, number);
  return number;
}

function keyOf({ from, to }: ShownEdge): string {
  return `${from} ${to}`;
}

/** @param column the area of this row of the table, where it has it; null: that of the table */
function areaOf({ box, x, y }: PlacedBox, column: number | null = null): Area {
  const row = column === null ? -1 : box.rows.findIndex((other) => other.column === column);
  if (row < 0) return { x, y, width: box.width, height: box.height };
  return { x, y: y + headHeight + row * rowHeight, width: box.width, height: rowHeight };
}

/** An element that is put elsewhere loses the focus of the keyboard: it gets it back. */
function useKeptFocus(frame: { readonly current: SVGSVGElement | null }, layout: unknown): void {
  const had = useRef<Element | null>(null);
  const active = document.activeElement;
  had.current = active !== null && frame.current?.contains(active) === true ? active : null;
  useLayoutEffect(() => {
    const element = had.current;
    if (
      element instanceof SVGElement &&
      element.isConnected &&
      document.activeElement !== element
    ) {
      element.focus({ preventScroll: true });
    }
  }, [layout]);
}
