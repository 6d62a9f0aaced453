/* The page of `techstore lineage --html`: filters and follows the picture that Graphviz drew. */
/* global createView */
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId('data').textContent);
  const graph = byId('graph');
  const svg = graph.querySelector('svg');
  const details = byId('details');
  const nodeElements = data.nodes.map((_, i) => byId(`n${i}`));
  const edges = data.edges.map(([from, to]) => ({
    from,
    to,
    element: byId(`e-n${from}-n${to}`),
  }));
  const columnEdges = data.nodes.flatMap((node, n) =>
    node.columns.flatMap((column, c) =>
      (column.sources ?? []).map(({ from, how }) => {
        const to = `n${n}c${c}`;
        return { from, to, how, element: byId(`e-${from}-${to}`) };
      }),
    ),
  );

  const view = createView(graph, svg);

  /* --- following --- */
  const reach = (start, links, from, to) => {
    const seen = new Set([start]);
    const next = [start];
    while (next.length > 0) {
      const here = next.pop();
      for (const link of links) {
        if (link[from] !== here || seen.has(link[to])) continue;
        seen.add(link[to]);
        next.push(link[to]);
      }
    }
    return seen;
  };
  const around = (start, links) =>
    new Set([...reach(start, links, 'to', 'from'), ...reach(start, links, 'from', 'to')]);

  const clearMarks = () => {
    for (const element of svg.querySelectorAll('.dim, .lit, .picked, .cell')) {
      element.classList.remove('dim', 'lit', 'picked', 'cell');
    }
  };

  const focusNode = (n) => {
    clearMarks();
    const near = around(n, edges);
    nodeElements.forEach((element, i) => element?.classList.toggle('dim', !near.has(i)));
    const up = reach(n, edges, 'to', 'from');
    const down = reach(n, edges, 'from', 'to');
    for (const { from, to, element } of edges) {
      const on = (up.has(from) && up.has(to)) || (down.has(from) && down.has(to));
      element?.classList.toggle('dim', !on);
      element?.classList.toggle('lit', on);
    }
    for (const { element } of columnEdges) element?.classList.add('dim');
    nodeElements[n]?.classList.add('picked');
    describeNode(n);
  };

  const focusColumn = (id) => {
    clearMarks();
    const up = reach(id, columnEdges, 'to', 'from');
    const down = reach(id, columnEdges, 'from', 'to');
    const near = new Set([...up, ...down]);
    const tables = new Set([...near].map((column) => Number(/^n(\d+)/.exec(column)[1])));
    nodeElements.forEach((element, i) => element?.classList.toggle('dim', !tables.has(i)));
    for (const { element } of edges) element?.classList.add('dim');
    for (const { from, to, element } of columnEdges) {
      const on = (up.has(from) && up.has(to)) || (down.has(from) && down.has(to));
      element?.classList.toggle('dim', !on);
      element?.classList.toggle('lit', on);
    }
    for (const column of near) byId(`a_${column}`)?.classList.add('cell');
    describeColumn(id);
  };

  const showAll = () => {
    clearMarks();
    details.replaceChildren();
  };

  /* --- what is said of it; texts of the project only ever become text --- */
  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className !== undefined) element.className = className;
    return element;
  };
  const list = (title, items) => {
    if (items.length === 0) return [];
    const ul = make('ul');
    for (const { text, note, go } of items) {
      const li = make('li');
      const button = make('button', text);
      button.type = 'button';
      button.addEventListener('click', go);
      li.append(button);
      if (note) li.append(' ', make('span', note, 'quiet'));
      ul.append(li);
    }
    return [make('h3', title), ul];
  };
  const nodeItem = (n) => ({ text: data.nodes[n].name, go: () => focusNode(n) });
  const columnParts = (id) => {
    const [, n, c] = /^n(\d+)c(\d+)$/.exec(id);
    const node = data.nodes[Number(n)];
    return { node, n: Number(n), column: node.columns[Number(c)] };
  };
  const columnItem = (id, how) => {
    const { node, column } = columnParts(id);
    return { text: `${node.name}.${column.name}`, note: how, go: () => focusColumn(id) };
  };
  const describeNode = (n) => {
    const node = data.nodes[n];
    const facts = [node.type, node.materialized, node.layer, ...node.tags];
    const words = [...new Set(facts.filter((word) => word))].join(' · ');
    const parts = [make('h2', node.name), make('div', words, 'quiet')];
    if (node.description) parts.push(make('p', node.description));
    parts.push(make('div', node.path, 'quiet'));
    if (node.gap) parts.push(make('p', `Not all columns are known: ${node.gap}`));
    details.replaceChildren(
      ...parts,
      ...list(
        'Upstream',
        edges.filter(({ to }) => to === n).map(({ from }) => nodeItem(from)),
      ),
      ...list(
        'Downstream',
        edges.filter(({ from }) => from === n).map(({ to }) => nodeItem(to)),
      ),
      ...list(
        'Columns',
        node.columns.map((column, c) => ({
          text: column.name,
          note: column.type ?? '',
          go: () => focusColumn(`n${n}c${c}`),
        })),
      ),
    );
  };
  const describeColumn = (id) => {
    const { node, n, column } = columnParts(id);
    const parts = [make('h2', `${node.name}.${column.name}`)];
    if (column.type) parts.push(make('div', column.type, 'quiet'));
    if (column.sources === null) parts.push(make('p', 'Its sources are not known.'));
    details.replaceChildren(
      ...parts,
      ...list(
        'Made of',
        columnEdges.filter(({ to }) => to === id).map(({ from, how }) => columnItem(from, how)),
      ),
      ...list(
        'Used by',
        columnEdges.filter(({ from }) => from === id).map(({ to, how }) => columnItem(to, how)),
      ),
      ...list('Table', [nodeItem(n)]),
    );
  };

  /* --- filters and search --- */
  const fill = (select, values) => {
    for (const value of values) {
      const option = make('option', value);
      option.value = value;
      select.append(option);
    }
  };
  const [layer, tag, search] = [byId('layer'), byId('tag'), byId('search')];
  fill(layer, new Set(data.nodes.map((node) => node.layer)));
  fill(tag, [...new Set(data.nodes.flatMap((node) => node.tags))].sort());
  for (const [name, colour] of Object.entries(data.colours)) {
    const swatch = make('span', undefined, 'swatch');
    swatch.style.background = colour.fill;
    swatch.style.borderColor = colour.border;
    const item = make('li');
    item.append(swatch, name);
    byId('legend').append(item);
  }
  const filter = () => {
    const shown = data.nodes.map(
      (node) =>
        (layer.value === '' || node.layer === layer.value) &&
        (tag.value === '' || node.tags.includes(tag.value)),
    );
    nodeElements.forEach((element, i) => element?.classList.toggle('hidden', !shown[i]));
    const hide = ({ element }, from, to) =>
      element?.classList.toggle('hidden', !shown[from] || !shown[to]);
    for (const edge of edges) hide(edge, edge.from, edge.to);
    for (const edge of columnEdges) hide(edge, columnParts(edge.from).n, columnParts(edge.to).n);
  };
  const matches = () => {
    const wanted = search.value.trim().toLowerCase();
    if (wanted === '') return [];
    return data.nodes.flatMap((node, i) =>
      [node.name, ...node.columns.map((column) => column.name)].some((name) =>
        name.toLowerCase().includes(wanted),
      )
        ? [i]
        : [],
    );
  };
  const mark = () => {
    const found = new Set(matches());
    nodeElements.forEach((element, i) => element?.classList.toggle('found', found.has(i)));
  };
  layer.addEventListener('change', filter);
  tag.addEventListener('change', filter);
  search.addEventListener('input', mark);
  search.addEventListener('keydown', (event) => {
    const [first] = matches();
    if (event.key === 'Enter' && first !== undefined) focusNode(first);
  });

  /* --- clicks and keys --- */
  nodeElements.forEach((element, n) => {
    if (element === null) return;
    const act = (target) => {
      // Graphviz calls the link of a column a_n0c3, and that of a whole node a_n0.
      const cell = target.closest('[id^="a_n"]')?.id.slice(2) ?? '';
      if (/^n\d+c\d+$/.test(cell)) focusColumn(cell);
      else focusNode(n);
    };
    element.setAttribute('tabindex', '0');
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', `${data.nodes[n].type} ${data.nodes[n].name}`);
    element.addEventListener('click', (event) => {
      event.preventDefault();
      if (!view.moved()) act(event.target);
    });
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      act(event.target);
    });
  });
  byId('in').addEventListener('click', () => view.zoom(1 / 1.25));
  byId('out').addEventListener('click', () => view.zoom(1.25));
  byId('all').addEventListener('click', () => {
    layer.value = '';
    tag.value = '';
    search.value = '';
    filter();
    mark();
    showAll();
    view.reset();
  });
  graph.addEventListener('click', (event) => {
    if (!view.moved() && event.target.closest('.node') === null) showAll();
  });
  const keys = {
    '+': () => view.zoom(1 / 1.25),
    '=': () => view.zoom(1 / 1.25),
    '-': () => view.zoom(1.25),
    0: view.reset,
    ArrowLeft: () => view.pan(-0.1, 0),
    ArrowRight: () => view.pan(0.1, 0),
    ArrowUp: () => view.pan(0, -0.1),
    ArrowDown: () => view.pan(0, 0.1),
    '/': () => search.focus(),
  };
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      showAll();
      return;
    }
    const typing = event.target.closest?.('input, select, button') !== null;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  if (data.focus !== null) focusNode(data.focus);
  const focused = data.focus === null ? null : nodeElements[data.focus];
  const box = focused?.getBBox?.();
  /* Graphviz moves the whole drawing within the picture. */
  const moved = svg.querySelector('g.graph')?.getAttribute('transform') ?? '';
  const [, dx = 0, dy = 0] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(moved) ?? [];
  view.open(
    box === undefined
      ? null
      : { x: box.x + box.width / 2 + Number(dx), y: box.y + box.height / 2 + Number(dy) },
  );
})();
