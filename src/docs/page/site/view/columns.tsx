/** The columns of a table: what they are, how they are tested, where they come from and who uses them. */
import { columnHref, hrefOf } from '../model/route.js';
import type { SiteColumn, SiteColumnSource, SiteNode } from '../site-data.js';
import { InlineMarkdown, Scrolled, Status, Tags } from './parts.js';
import { useShown } from './site-context.js';

export function Columns({ node }: { readonly node: SiteNode }) {
  const { site } = useShown();
  const columns = node.columns ?? [];
  const traced = node.type === 'model';
  return (
    <Scrolled label={`Columns of ${node.name}`}>
      <table class="columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Description</th>
            <th scope="col">Tests</th>
            {traced ? <th scope="col">Comes from</th> : null}
            <th scope="col">Used by</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <a href={columnHref(node.id, column.name)}>{column.name}</a>
                <span class="type">{column.type ?? 'type not known'}</span>
              </th>
              <td class="description">
                <InlineMarkdown text={column.description} />
                <ColumnDetails column={column} />
              </td>
              <td>
                <ColumnTests node={node} column={column} />
              </td>
              {traced ? (
                <td>
                  <Sources column={column} />
                </td>
              ) : null}
              <td>
                <ColumnLinks links={site.users(node, column.name)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

export function ColumnDetails({ column }: { readonly column: SiteColumn }) {
  const { constraints = [], tags = [] } = column;
  if (constraints.length + tags.length === 0) return null;
  return (
    <div class="details">
      {constraints.map((text) => (
        <code key={text} class="constraint">
          {text}
        </code>
      ))}
      <Tags tags={tags} />
    </div>
  );
}

export function ColumnTests(props: { readonly node: SiteNode; readonly column: SiteColumn }) {
  const { site } = useShown();
  return (
    <ul class="tests">
      {site.testsOfColumn(props.node, props.column.name).map((test) => (
        <li key={test.id}>
          <a href={hrefOf(test)}>{test.test?.kind}</a>{' '}
          <Status status={test.result?.status ?? null} />
        </li>
      ))}
    </ul>
  );
}

function Sources({ column }: { readonly column: SiteColumn }) {
  if (column.sources === null) return <span class="side-text">not known</span>;
  if (column.sources.length === 0) return <span class="side-text">no column</span>;
  return <ColumnLinks links={column.sources} />;
}

const FEW = 4;

export function ColumnLinks({ links }: { readonly links: readonly SiteColumnSource[] }) {
  if (links.length <= FEW + 1) return <LinkList links={links} />;
  return (
    <>
      <LinkList links={links.slice(0, FEW)} />
      <details>
        <summary>{links.length - FEW} more</summary>
        <LinkList links={links.slice(FEW)} />
      </details>
    </>
  );
}

function LinkList({ links }: { readonly links: readonly SiteColumnSource[] }) {
  return (
    <ul class="column-links">
      {links.map((link) => (
        <li key={`${link.node}\n${link.column}`}>
          <ColumnLink link={link} />
        </li>
      ))}
    </ul>
  );
}

export function ColumnLink({ link }: { readonly link: SiteColumnSource }) {
  const { site } = useShown();
  const table = site.node(link.node)?.name ?? link.node;
  return (
    <>
      <a href={columnHref(link.node, link.column)}>
        {table}.<wbr />
        {link.column}
      </a>
      {link.how === null || link.how === 'direct' ? null : <span class="how"> {link.how}</span>}
    </>
  );
}
