/* The part of the picture that is seen: zoom, pan and drag. Stands before lineage.js in one script. */
'use strict';

// eslint-disable-next-line no-unused-vars -- lineage.js calls it
const createView = (graph, svg) => {
  const [x, y, width, height] = svg.getAttribute('viewBox').split(/[ ,]+/).map(Number);
  const home = { x, y, width, height };
  let view = { ...home };
  /* Fingers, or the mouse while a button is down. */
  const pressed = new Map();
  let moved = false;

  const show = () => {
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
  };
  /* px and py say which place of the picture, from 0 to 1, stays where it is. */
  const zoom = (factor, px = 0.5, py = 0.5) => {
    const wanted = Math.min(Math.max(view.width * factor, 40), home.width * 4);
    const scale = wanted / view.width;
    view.x += (view.width - view.width * scale) * px;
    view.y += (view.height - view.height * scale) * py;
    view.width *= scale;
    view.height *= scale;
    show();
  };
  const pan = (dx, dy) => {
    view.x += view.width * dx;
    view.y += view.height * dy;
    show();
  };
  const reset = () => {
    view = { ...home };
    show();
  };
  /* The whole picture where its words can be read, else as much of it as leaves them readable:
     around the place that is given, or else where it begins. */
  const open = (place) => {
    const box = graph.getBoundingClientRect();
    const whole = Math.min(box.width / home.width, box.height / home.height);
    const scale = Math.min(Math.max(whole, 0.8), 1.4);
    if (box.width === 0 || (whole >= 0.8 && place === null)) return reset();
    const [width, height] = [box.width / scale, box.height / scale];
    const within = (middle, size, from, all) =>
      size >= all
        ? from + (all - size) / 2
        : Math.min(Math.max(middle - size / 2, from), from + all - size);
    const middle = place ?? { x: home.x, y: home.y + home.height / 2 };
    view = {
      x: within(middle.x, width, home.x, home.width),
      y: within(middle.y, height, home.y, home.height),
      width,
      height,
    };
    show();
  };

  graph.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const box = graph.getBoundingClientRect();
      const px = (event.clientX - box.left) / box.width;
      const py = (event.clientY - box.top) / box.height;
      zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, px, py);
    },
    { passive: false },
  );
  graph.addEventListener('pointerdown', (event) => {
    if (pressed.size === 0) moved = false;
    pressed.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  window.addEventListener('pointermove', (event) => {
    const before = pressed.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    pressed.set(event.pointerId, now);
    const box = graph.getBoundingClientRect();
    const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const apart = ({ x, y }) => Math.max(Math.hypot(x - other.x, y - other.y), 1);
      zoom(
        apart(before) / apart(now),
        ((now.x + other.x) / 2 - box.left) / box.width,
        ((now.y + other.y) / 2 - box.top) / box.height,
      );
      return;
    }
    const scale = Math.max(view.width / box.width, view.height / box.height);
    view.x -= dx * scale;
    view.y -= dy * scale;
    show();
  });
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, (event) => pressed.delete(event.pointerId));
  }

  svg.removeAttribute('width');
  svg.removeAttribute('height');
  reset();
  /* moved: whether the last press was a drag, so that its click means nothing. */
  return { zoom, pan, reset, open, moved: () => moved };
};
