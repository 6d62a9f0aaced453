/** The list beside the page: rooms, and the tables of the project by layer, folder, tag or schema. */
import { useState } from 'preact/hooks';
import { folderOf, kinds, order } from '../model/kinds.js';
import { hrefOf, listHref } from '../model/route.js';
import type { SiteNode } from '../site-data.js';
import { useShown } from './site-context.js';

const groupings = ['layer', 'folder', 'tag', 'schema'] as const;
type Grouping = (typeof groupings)[number];

export function Side({ current }: { readonly current: string | null }) {
  const { site } = useShown();
  const [by, groupBy] = useState<Grouping>('layer');
  const nodes = site.data.nodes.filter(({ type }) =>
    ['model', 'seed', 'source', 'snapshot', 'exposure'].includes(type),
  );
  return (
    <>
      <ul class="rooms">
        <li>
          <a href="#/">Overview</a>
        </li>
        <li>
          <a href="#/lineage">Lineage</a>
        </li>
        <li>
          <a href="#/run">Last run</a>
        </li>
        {order.map((kind) => {
          const { length } = site.ofType(kind);
          return length === 0 ? null : (
            <li key={kind}>
              <a href={listHref(kind)}>
                {kinds[kind].many} <span class="side-text">{length}</span>
              </a>
            </li>
          );
        })}
      </ul>
      <label class="grouping">
        Tables by
        <select
          value={by}
          onChange={(event) =>
            groupBy(groupings.find((one) => one === event.currentTarget.value) ?? 'layer')
          }
        >
          {groupings.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {[...groupsOf(nodes, by)].map(([group, members]) => (
        <Group key={`${by} ${group}`} name={group} nodes={members} current={current} />
      ))}
    </>
  );
}

/** The links of a closed group are not drawn: a large project has thousands. */
function Group(props: {
  readonly name: string;
  readonly nodes: readonly SiteNode[];
  readonly current: string | null;
}) {
  const holdsCurrent = props.nodes.some(({ id }) => id === props.current);
  const [isOpen, setOpen] = useState(props.nodes.length <= 12);
  const open = isOpen || holdsCurrent;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {props.name} <span class="side-text">{props.nodes.length}</span>
      </summary>
      {open ? (
        <ul>
          {props.nodes.map((node) => (
            <li key={node.id}>
              <a href={hrefOf(node)} aria-current={node.id === props.current ? 'page' : undefined}>
                {node.name}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

function groupsOf(nodes: readonly SiteNode[], by: Grouping): ReadonlyMap<string, SiteNode[]> {
  const groups = new Map<string, SiteNode[]>();
  for (const node of nodes) {
    for (const name of namesOf(node, by)) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [node]);
      else group.push(node);
    }
  }
  for (const group of groups.values()) group.sort((a, b) => a.name.localeCompare(b.name));
  return by === 'layer' ? groups : new Map([...groups].sort(([a], [b]) => a.localeCompare(b)));
}

function namesOf(node: SiteNode, by: Grouping): readonly string[] {
  switch (by) {
    case 'layer':
      return [node.layer];
    case 'folder':
      return [folderOf(node) || 'no folder'];
    case 'tag':
      return node.tags.length === 0 ? ['no tag'] : node.tags;
    case 'schema':
      return [node.relation?.split('.').slice(0, -1).join('.') ?? 'no table'];
  }
}
