/** One node of the project: everything that is known of it. */
import type { ComponentChildren } from 'preact';
import { plural, secondsText, sizeText } from '../model/figures.js';
import { folderOf, kinds } from '../model/kinds.js';
import { listHref } from '../model/route.js';
import type { SiteNode } from '../site-data.js';
import { Columns } from './columns.js';
import { Freshness } from './freshness.js';
import {
  Facts,
  isTrouble,
  Kind,
  Markdown,
  Meta,
  NodeLink,
  Rows,
  Section,
  Status,
  Tags,
} from './parts.js';
import { useShown } from './site-context.js';
import { Sql } from './sql.js';
import { Tests } from './tests.js';

export function NodePage({ node }: { readonly node: SiteNode }) {
  const { site } = useShown();
  const tests = site.tests(node);
  return (
    <>
      <p class="crumbs">
        <Kind node={node} />
        {folderOf(node) === '' ? null : (
          <a href={listHref(node.type, { folder: folderOf(node) })}>{folderOf(node)}</a>
        )}
      </p>
      <h1 tabIndex={-1}>{node.name}</h1>
      <Tags tags={node.tags} />
      <NodeFacts node={node} />
      {node.description === '' ? (
        <p class="side-text">It has no description.</p>
      ) : (
        <Markdown text={node.description} />
      )}
      {node.source === undefined || node.source.description === '' ? null : (
        <Section id="source" title={`About the source ${node.source.name}`}>
          <Markdown text={node.source.description} />
        </Section>
      )}
      {node.freshness === undefined ? null : (
        <Section id="freshness" title="Freshness">
          <Freshness freshness={node.freshness} />
        </Section>
      )}
      <Result node={node} />
      <Arguments node={node} />
      {node.columns === undefined ? null : (
        <Section id="columns" title={plural(node.columns.length, 'column')}>
          {node.gap === undefined ? null : (
            <p class="note">Its columns are not traced in full: {node.gap}.</p>
          )}
          <Columns node={node} />
        </Section>
      )}
      {node.unit === undefined ? null : <Fixtures node={node} />}
      <Relatives node={node} />
      {tests.length === 0 ? null : (
        <Section id="tests" title="Tests">
          <Tests tests={tests} of={node} />
        </Section>
      )}
      <Sql node={node} />
      <Samples node={node} />
      {node.meta === undefined ? null : (
        <Section id="meta" title="Meta">
          <Meta meta={node.meta} />
        </Section>
      )}
    </>
  );
}

function NodeFacts({ node }: { readonly node: SiteNode }) {
  const { formats, site } = useShown();
  const { exposure, test, source } = node;
  const target = test?.node == null ? null : site.node(test.node);
  const facts: (readonly [string, ComponentChildren])[] = [
    ['Rows', node.rows === undefined ? null : formats.count(node.rows)],
    ['Size', node.bytes === undefined ? null : sizeText(node.bytes)],
    ['Relation', node.relation === undefined ? null : <code>{node.relation}</code>],
    ['Kind', node.relationKind?.toLowerCase()],
    ['Materialized', node.materialized],
    ['Layer', ['model'].includes(node.type) ? node.layer : null],
    ['Owner', node.owner],
    ['Group', node.group],
    ['Access', node.access === 'protected' ? null : node.access],
    ['Loader', source?.loader],
    ['Tests', target === null ? null : <NodeLink node={target} />],
    ['Column', test?.column],
    ['Test', test?.kind],
    ['Severity', test?.severity],
    ['Type', exposure?.type],
    ['Label', exposure?.label],
    ['Maturity', exposure?.maturity],
    ['Mail', exposure?.email],
    ['Address', exposure?.url == null ? null : <Url url={exposure.url} />],
    [
      'File',
      node.path === '' ? null : `${node.path}${node.line === undefined ? '' : `:${node.line}`}`,
    ],
    ['Package', node.package === site.data.project.name ? null : node.package],
    ...(node.stats ?? []),
  ];
  return <Facts facts={facts} />;
}

/** A link only where it leads to the web. */
function Url({ url }: { readonly url: string }) {
  return /^https?:\/\//i.test(url) ? (
    <a href={url} rel="noreferrer">
      {url}
    </a>
  ) : (
    <>{url}</>
  );
}

function Result({ node }: { readonly node: SiteNode }) {
  const { formats, now, site } = useShown();
  const { result } = node;
  const runs = ['model', 'seed', 'snapshot', 'test', 'unit_test'].includes(node.type);
  if (result === undefined) {
    return runs ? (
      <Section id="run" title="Last run">
        <p class="side-text">It has not run yet, as far as is known.</p>
      </Section>
    ) : null;
  }
  return (
    <Section id="run" title="Last run">
      <p>
        <Status status={result.status} />
        {result.seconds === null ? null : ` in ${secondsText(result.seconds)}`}
        {result.at === null ? null : (
          <>
            {', '}
            <time dateTime={result.at} title={formats.instant(result.at)}>
              {formats.age(result.at, now)}
            </time>
          </>
        )}
        {result.reused ? '; it was not run again, since nothing had changed' : null}
        {result.failures === null || result.failures === 0
          ? null
          : `: ${plural(result.failures, 'failing row')}`}
      </p>
      {result.message === null || result.reused || !isTrouble(result.status) ? null : (
        <pre class="message">{result.message}</pre>
      )}
      {result.sample === undefined ? (
        (result.failures ?? 0) > 0 && !site.data.project.hasSamples ? (
          <p class="side-text">Failing rows are shown only with --with-samples.</p>
        ) : null
      ) : (
        <Rows rows={result.sample} label="Failing rows" />
      )}
    </Section>
  );
}

function Arguments({ node }: { readonly node: SiteNode }) {
  const given = node.test?.arguments;
  if (given !== undefined) {
    return (
      <Section id="arguments" title="Arguments">
        <Meta meta={given} />
      </Section>
    );
  }
  if ((node.arguments ?? []).length === 0) return null;
  return (
    <Section id="arguments" title="Arguments">
      <dl class="facts">
        {node.arguments?.map(({ name, type, description }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
              {type === null ? null : ` (${type})`}
            </dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Fixtures({ node }: { readonly node: SiteNode }) {
  const { unit } = node;
  if (unit === undefined) return null;
  const all = [
    ...unit.given.map((given) => [`Given ${given.name}`, given] as const),
    ['Expected', unit.expect] as const,
  ];
  return (
    <Section id="rows" title="Rows">
      {all.map(([title, { rows, text }], i) => (
        <div key={i} class="fixture">
          <h3>{title}</h3>
          {rows !== null ? (
            <Rows rows={rows} label={title} />
          ) : (
            <pre class="message">{text ?? 'as they are'}</pre>
          )}
        </div>
      ))}
    </Section>
  );
}

function Relatives({ node }: { readonly node: SiteNode }) {
  const { site } = useShown();
  const children = site.children(node);
  const exposures = children.filter(({ type }) => type === 'exposure' || type === 'metric');
  const macros = (node.macros ?? []).flatMap((id) => site.node(id) ?? []);
  const lists: (readonly [string, readonly SiteNode[]])[] = [
    [node.type === 'test' || node.type === 'unit_test' ? 'Reads' : 'Made from', site.parents(node)],
    ['Used by', children.filter((child) => !exposures.includes(child))],
    ['Exposures and metrics', exposures],
    ['Macros that it calls', macros],
    ['Called by', node.type === 'macro' ? site.callers(node) : []],
  ];
  if (lists.every(([, list]) => list.length === 0)) return null;
  return (
    <Section id="lineage" title="Lineage">
      <div class="relatives">
        {lists.map(([title, list]) =>
          list.length === 0 ? null : (
            <div key={title}>
              <h3>{title}</h3>
              <ul>
                {list.map((other) => (
                  <li key={other.id}>
                    <NodeLink node={other} />{' '}
                    <span class="side-text">{kinds[other.type].one.toLowerCase()}</span>
                  </li>
                ))}
              </ul>
            </div>
          ),
        )}
      </div>
      {node.type === 'macro' || node.type === 'metric' || node.type.includes('test') ? null : (
        <p>
          <a href={`#/lineage?${new URLSearchParams({ focus: node.id }).toString()}`}>
            Show it in the lineage
          </a>
        </p>
      )}
    </Section>
  );
}

function Samples({ node }: { readonly node: SiteNode }) {
  if (node.sample === undefined) return null;
  return (
    <Section id="rows" title={`The first ${plural(node.sample.rows.length, 'row')}`}>
      <Rows rows={node.sample} label={`Rows of ${node.name}`} />
    </Section>
  );
}

export function missing(address: string) {
  return (
    <>
      <h1 tabIndex={-1}>There is no such page</h1>
      <p>
        Nothing is found at <code>{address}</code>. The project may have changed since the link was
        made. <a href={'#/'}>Go to the overview</a>, or search for the name.
      </p>
    </>
  );
}
