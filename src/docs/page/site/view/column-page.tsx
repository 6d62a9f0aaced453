/** One column: all the way up to what it is made of, and all the way down to what is made of it. */
import { columnHref, hrefOf } from '../model/route.js';
import type { Site } from '../model/site.js';
import type { SiteColumnSource, SiteNode } from '../site-data.js';
import { ColumnDetails, ColumnLink, ColumnTests } from './columns.js';
import { Facts, Markdown, Meta, NodeLink, Section } from './parts.js';
import { useShown } from './site-context.js';

export function ColumnPage({ node, name }: { readonly node: SiteNode; readonly name: string }) {
  const { site } = useShown();
  const column = site.column(node, name);
  if (column === null) {
    return (
      <>
        <h1 tabIndex={-1}>No such column</h1>
        <p>
          <NodeLink node={node} /> has no column <code>{name}</code>.
        </p>
      </>
    );
  }
  const here = { node: node.id, column: column.name, how: null };
  const focus = new URLSearchParams({ focus: node.id, column: column.name });
  return (
    <>
      <p class="crumbs">
        Column of <NodeLink node={node} />
      </p>
      <h1 tabIndex={-1}>{column.name}</h1>
      <Facts
        facts={[
          ['Type', column.type === null ? 'not known' : <code>{column.type}</code>],
          ['Table', <NodeLink node={node} />],
        ]}
      />
      {column.description === '' ? null : <Markdown text={column.description} />}
      <ColumnDetails column={column} />
      {site.testsOfColumn(node, column.name).length === 0 ? null : (
        <Section id="tests" title="Tests">
          <ColumnTests node={node} column={column} />
        </Section>
      )}
      <Section id="comes-from" title="Comes from">
        {column.sources === null && node.type === 'model' ? (
          <p class="side-text">It is not known{node.gap === undefined ? '' : `: ${node.gap}`}.</p>
        ) : null}
        <Tree from={here} next={(link) => sourcesOf(site, link)} none="No other column." />
      </Section>
      <Section id="used-by" title="Used by">
        <Tree from={here} next={(link) => usersOf(site, link)} none="No other column." />
      </Section>
      <p>
        <a href={`#/lineage?${focus.toString()}`}>Show it in the lineage</a>
      </p>
      {column.meta === undefined ? null : (
        <Section id="meta" title="Meta">
          <Meta meta={column.meta} />
        </Section>
      )}
      <p>
        <a href={hrefOf(node, 'columns')}>All columns of {node.name}</a>
      </p>
    </>
  );
}

type Next = (link: SiteColumnSource) => readonly SiteColumnSource[];

function sourcesOf(site: Site, link: SiteColumnSource): readonly SiteColumnSource[] {
  const node = site.node(link.node);
  return node === null ? [] : (site.column(node, link.column)?.sources ?? []);
}

function usersOf(site: Site, link: SiteColumnSource): readonly SiteColumnSource[] {
  const node = site.node(link.node);
  return node === null ? [] : site.users(node, link.column);
}

/** A column that is reached on several ways is followed once. */
function Tree(props: {
  readonly from: SiteColumnSource;
  readonly next: Next;
  readonly none: string;
}) {
  const links = props.next(props.from);
  if (links.length === 0) return <p class="side-text">{props.none}</p>;
  return <Branches links={links} next={props.next} seen={new Set([keyOf(props.from)])} />;
}

function Branches(props: {
  readonly links: readonly SiteColumnSource[];
  readonly next: Next;
  readonly seen: Set<string>;
}) {
  const { links, next, seen } = props;
  return (
    <ul class="tree">
      {links.map((link) => {
        const isNew = !seen.has(keyOf(link));
        seen.add(keyOf(link));
        const further = isNew ? next(link) : [];
        return (
          <li key={keyOf(link)}>
            <ColumnLink link={link} />
            {!isNew && next(link).length > 0 ? <span class="side-text"> (as above)</span> : null}
            {further.length === 0 ? null : <Branches links={further} next={next} seen={seen} />}
          </li>
        );
      })}
    </ul>
  );
}

function keyOf({ node, column }: SiteColumnSource): string {
  return columnHref(node, column.toLowerCase());
}
