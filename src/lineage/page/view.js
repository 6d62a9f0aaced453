/* The part of the picture that is seen: zoom, pan and drag. Stands before lineage.js in one script. */
'use strict';

// eslint-disable-next-line no-unused-vars -- lineage.js calls it
const createView = (graph, svg) => {
  const [x, y, width, height] = svg.getAttribute('viewBox').split(/[ ,]+/).map(Number);
  const home = { x, y, width, height };
  let view = { ...home };
  let drag = null;
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
    drag = { x: event.clientX, y: event.clientY };
    moved = false;
  });
  window.addEventListener('pointermove', (event) => {
    if (drag === null) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    const box = graph.getBoundingClientRect();
    const scale = Math.max(view.width / box.width, view.height / box.height);
    view.x -= dx * scale;
    view.y -= dy * scale;
    drag = { x: event.clientX, y: event.clientY };
    show();
  });
  window.addEventListener('pointerup', () => {
    drag = null;
  });

  svg.removeAttribute('width');
  svg.removeAttribute('height');
  reset();
  /* moved: whether the last press was a drag, so that its click means nothing. */
  return { zoom, pan, reset, moved: () => moved };
};
