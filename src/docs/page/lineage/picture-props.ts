/** What the picture is given, and what it tells. */
import type { LineageDrawing } from './drawing.js';
import type { Mover } from './use-viewport.js';

export interface PictureActions {
  readonly onNode: (node: number) => void;
  /** By its number. */
  readonly onColumn: (column: number) => void;
  /** Opens or closes the columns of a node. */
  readonly onSign: (node: number) => void;
  /** A click beside everything. */
  readonly onNothing: () => void;
}

export interface PictureProps extends PictureActions {
  readonly drawing: LineageDrawing;
  readonly label: string;
  /** Given to whoever has buttons for it. */
  readonly onMover: (mover: Mover) => void;
}
