/** Wheel, mouse and fingers on an element, as moves and zooms. */

export interface Pointers {
  /** Whether the last press moved something. */
  readonly wasDragged: () => boolean;
  readonly stop: () => void;
}

type Place = { readonly x: number; readonly y: number };

/** So far a press may slip and is a click still. */
const slip = 4;

/**
 * @param move by pixels
 * @param zoom by a factor, at a place inside of the element
 */
export function followPointers(
  element: Element,
  move: (x: number, y: number) => void,
  zoom: (factor: number, at: Place) => void,
): Pointers {
  const pressed = new Map<number, Place>();
  const ending = new AbortController();
  let dragged = false;
  const inside = ({ x, y }: Place): Place => {
    const box = element.getBoundingClientRect();
    return { x: x - box.left, y: y - box.top };
  };
  const on = <K extends keyof WindowEventMap>(
    target: EventTarget,
    name: K,
    act: (event: WindowEventMap[K]) => void,
  ): void => {
    target.addEventListener(name, act as EventListener, { passive: false, signal: ending.signal });
  };

  on(element, 'wheel', (event) => {
    event.preventDefault();
    // A line is about 30 pixels; a notch of a wheel is about 100.
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 30 : event.deltaY;
    const factor = Math.exp(-Math.min(Math.max(pixels, -120), 120) / 600);
    zoom(factor, inside({ x: event.clientX, y: event.clientY }));
  });
  on(element, 'pointerdown', ({ pointerId, clientX, clientY }) => {
    if (pressed.size === 0) dragged = false;
    pressed.set(pointerId, { x: clientX, y: clientY });
  });
  on(window, 'pointermove', ({ pointerId, clientX, clientY }) => {
    const before = pressed.get(pointerId);
    if (before === undefined) return;
    const now = { x: clientX, y: clientY };
    if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < slip) return;
    dragged = true;
    pressed.set(pointerId, now);
    const other = [...pressed].find(([id]) => id !== pointerId)?.[1];
    if (other === undefined) {
      move(now.x - before.x, now.y - before.y);
      return;
    }
    const apart = ({ x, y }: Place): number => Math.max(Math.hypot(x - other.x, y - other.y), 1);
    const middle = inside({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    zoom(apart(now) / apart(before), middle);
    // Two fingers that go the same way take the picture along.
    move((now.x - before.x) / 2, (now.y - before.y) / 2);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    on(window, end, ({ pointerId }) => pressed.delete(pointerId));
  }
  return { wasDragged: () => dragged, stop: () => ending.abort() };
}
