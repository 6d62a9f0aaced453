/** A table in the picture, with those of its columns that are shown. */
import { headHeight, rowHeight, signWidth } from './boxes.js';
import type { LineageDrawing } from './drawing.js';
import type { PlacedBox } from './layout.js';

interface PictureBoxProps {
  readonly drawing: LineageDrawing;
  readonly place: PlacedBox;
}

/** Whoever draws it listens: `data-do` says what a press means, and `data-on` of which node or column. */
export function PictureBox({ drawing, place }: PictureBoxProps) {
  const { graph, shown, nodes, colourOf } = drawing;
  const { box, x, y } = place;
  const { node } = box;
  const about = graph.nodes[node];
  const own = nodes.get(node);
  if (about === undefined || own === undefined) return null;
  const { fill, border } = colourOf(node);
  const isOpen = own.sign === 'open';
  const markOf = new Map(own.columns.map(({ column, mark }) => [column, mark]));
  const nameWidth = box.hasSign ? box.width - signWidth : box.width;
  return (
    <g role="listitem" class={`box ${own.mark}`} transform={`translate(${x} ${y})`}>
      <rect class="back" width={box.width} height={box.height} rx="4" />
      <rect class="head" width={box.width} height={headHeight} rx="4" fill={fill} stroke={border} />
      <g
        role="button"
        tabIndex={0}
        class="name"
        aria-label={`${about.type} ${about.name}`}
        aria-pressed={node === shown.focus}
        data-do="node"
        data-on={node}
      >
        <rect class="hit" width={nameWidth} height={headHeight} rx="4" />
        <text x="12" y={headHeight / 2 + 4.5}>
          {box.text}
        </text>
        <title>{about.name}</title>
      </g>
      {box.hasSign && (
        <g
          role="button"
          tabIndex={-1}
          class="sign"
          aria-expanded={isOpen}
          aria-label={`Columns of ${about.name}`}
          data-do="sign"
          data-on={node}
        >
          <rect class="hit" x={nameWidth} width={signWidth} height={headHeight} />
          <path
            d={isOpen ? 'm-4-2 4 4 4-4' : 'm-2-4 4 4-4 4'}
            transform={`translate(${nameWidth + signWidth / 2 - 3} ${headHeight / 2})`}
          />
        </g>
      )}
      {box.rows.map(({ column, text }, row) => {
        const top = headHeight + row * rowHeight;
        return (
          <g
            key={column ?? 'more'}
            role="button"
            tabIndex={0}
            class={`row ${column === null ? 'more' : (markOf.get(column) ?? 'plain')}`}
            aria-label={
              column === null ? `${text} of ${about.name}` : `column ${text} of ${about.name}`
            }
            {...(column === null ? {} : { 'aria-pressed': column === shown.column })}
            data-do={column === null ? 'sign' : 'column'}
            data-on={column ?? node}
          >
            <rect class="hit" y={top} width={box.width} height={rowHeight} stroke={border} />
            <rect class="frame" x="1" y={top + 1} width={box.width - 2} height={rowHeight - 2} />
            <text x="12" y={top + rowHeight / 2 + 4}>
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}
