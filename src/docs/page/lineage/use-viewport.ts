/** Moves and zooms a picture by wheel, mouse, fingers and calls. It moves one group and draws nothing again. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { followPointers } from './pointers.js';
import {
  around,
  fitted,
  moved,
  revealing,
  zoomed,
  type Area,
  type Size,
  type Viewport,
} from './viewport.js';

export interface Mover {
  readonly zoom: (factor: number) => void;
  /** In parts of the window. */
  readonly pan: (x: number, y: number) => void;
  readonly fit: () => void;
  readonly reveal: (area: Area) => void;
  /** Whether the last press moved the picture, so that its click means nothing. */
  readonly wasDragged: () => boolean;
}

/**
 * @param frame the window, in which the group lies
 * @param picture the size of what is drawn now
 * @param focus where to open, in the picture; null: on the whole
 * @param key the picture opens again when it changes
 */
export function useViewport(
  frame: RefObject<SVGSVGElement | null>,
  group: RefObject<SVGGElement | null>,
  picture: Size,
  focus: Area | null,
  key: string,
): Mover {
  const view = useRef<Viewport>({ x: 0, y: 0, scale: 1 });
  const size = useRef(picture);
  const opened = useRef(focus);
  /** Until somebody moves it, the picture follows the size of its window. */
  const untouched = useRef(true);
  size.current = picture;
  opened.current = focus;

  const tools = useMemo(() => {
    const room = (): Size => {
      const box = frame.current?.getBoundingClientRect();
      return { width: box?.width ?? 0, height: box?.height ?? 0 };
    };
    const show = (next: Viewport): void => {
      view.current = next;
      const { x, y, scale } = next;
      group.current?.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
    };
    const open = (): void => {
      const area = opened.current;
      show(area === null ? fitted(size.current, room()) : around(area, size.current, room()));
      untouched.current = true;
    };
    const touch = (next: Viewport): void => {
      untouched.current = false;
      show(next);
    };
    const zoomAt = (factor: number, at: { x: number; y: number }): void =>
      touch(zoomed(view.current, factor, at, size.current, room()));
    const moveBy = (x: number, y: number): void =>
      touch(moved(view.current, { x, y }, size.current, room()));
    return { room, show, open, touch, zoomAt, moveBy, wasDragged: (): boolean => false };
  }, []);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const pointers = followPointers(element, tools.moveBy, tools.zoomAt);
    tools.wasDragged = pointers.wasDragged;
    const observer = new ResizeObserver(() => {
      if (untouched.current) tools.open();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      pointers.stop();
    };
  }, []);

  useLayoutEffect(tools.open, [key]);

  return useMemo<Mover>(
    () => ({
      zoom: (factor) => {
        const { width, height } = tools.room();
        tools.zoomAt(factor, { x: width / 2, y: height / 2 });
      },
      pan: (x, y) => {
        const { width, height } = tools.room();
        tools.moveBy(-x * width, -y * height);
      },
      fit: () => tools.touch(fitted(size.current, tools.room())),
      reveal: (area) => {
        const next = revealing(view.current, area, tools.room());
        if (next !== view.current) tools.touch(next);
      },
      wasDragged: () => tools.wasDragged(),
    }),
    [],
  );
}
