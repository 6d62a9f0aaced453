/** Which part of the picture is seen: pure arithmetic. A point of the picture stands at `x + scale * point`. */
import type { Point } from './layout.js';

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Area extends Point, Size {}

const margin = 16;
/** A focus is shown no smaller than this where the whole would be. */
const readable = 0.75;
const largest = 4;

/** The whole picture in its middle, at its own size at most. */
export function fitted(picture: Size, window: Size): Viewport {
  const scale = Math.min(fitScale(picture, window), 1);
  return {
    x: (window.width - picture.width * scale) / 2,
    y: (window.height - picture.height * scale) / 2,
    scale,
  };
}

/** The whole picture where its words can be read, else as much of it around an area as leaves them readable. */
export function around(area: Area, picture: Size, window: Size): Viewport {
  if (fitScale(picture, window) >= readable) return fitted(picture, window);
  const scale = readable;
  const along = (from: number, size: number, all: number, room: number): number => {
    if (all * scale <= room) return (room - all * scale) / 2;
    // An area that is larger than the window is seen from its beginning.
    const wanted =
      size * scale > room - 2 * margin
        ? margin - from * scale
        : room / 2 - (from + size / 2) * scale;
    return Math.min(Math.max(wanted, room - margin - all * scale), margin);
  };
  return {
    x: along(area.x, area.width, picture.width, window.width),
    y: along(area.y, area.height, picture.height, window.height),
    scale,
  };
}

/** The same part, larger or smaller; what lies at `at` of the window stays there. */
export function zoomed(
  view: Viewport,
  factor: number,
  at: Point,
  picture: Size,
  window: Size,
): Viewport {
  const smallest = Math.min(fitScale(picture, window), 1) / 2;
  const scale = Math.min(Math.max(view.scale * factor, smallest), largest);
  const change = scale / view.scale;
  return { x: at.x - (at.x - view.x) * change, y: at.y - (at.y - view.y) * change, scale };
}

/** Moved by pixels of the window, but never so far that nothing of the picture is seen. */
export function moved(view: Viewport, by: Point, picture: Size, window: Size): Viewport {
  const within = (place: number, size: number, room: number): number =>
    Math.min(Math.max(place, 2 * margin - size * view.scale), room - 2 * margin);
  return {
    x: within(view.x + by.x, picture.width, window.width),
    y: within(view.y + by.y, picture.height, window.height),
    scale: view.scale,
  };
}

/** Moved as little as shows all of an area, or the beginning of one that is larger than the window. */
export function revealing(view: Viewport, area: Area, window: Size): Viewport {
  const along = (place: number, from: number, size: number, room: number): number => {
    const start = place + from * view.scale;
    const end = start + size * view.scale;
    if (start < margin || size * view.scale > room - 2 * margin) return place + margin - start;
    return end > room - margin ? place + room - margin - end : place;
  };
  const isSeen = (start: number, room: number): boolean => start >= 0 && start <= room;
  const [x, y] = [view.x + area.x * view.scale, view.y + area.y * view.scale];
  const [endX, endY] = [x + area.width * view.scale, y + area.height * view.scale];
  if (
    [x, endX].every((v) => isSeen(v, window.width)) &&
    [y, endY].every((v) => isSeen(v, window.height))
  ) {
    return view;
  }
  return {
    x: along(view.x, area.x, area.width, window.width),
    y: along(view.y, area.y, area.height, window.height),
    scale: view.scale,
  };
}

function fitScale(picture: Size, window: Size): number {
  return Math.min(
    Math.max(window.width - 2 * margin, 1) / Math.max(picture.width, 1),
    Math.max(window.height - 2 * margin, 1) / Math.max(picture.height, 1),
  );
}
