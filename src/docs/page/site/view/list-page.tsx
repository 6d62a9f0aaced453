/** All nodes of a kind, to be narrowed down by layer, tag, folder and words. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { plural, sizeText } from '../model/figures.js';
import { folderOf, kinds } from '../model/kinds.js';
import { listHref } from '../model/route.js';
import { wordsOf } from '../model/search.js';
import type { Site } from '../model/site.js';
import type { SiteNode, SiteType } from '../site-data.js';
import { InlineMarkdown, NodeLink, Scrolled, Status, Tags } from './parts.js';
import { useShown } from './site-context.js';

const filters = ['layer', 'tag', 'folder', 'state'] as const;
type Filter = (typeof filters)[number];

export function ListPage(props: { readonly kind: SiteType; readonly query: URLSearchParams }) {
  const { site, replace } = useShown();
  const { kind, query } = props;
  const all = site.ofType(kind);
  const text = query.get('q') ?? '';
  const chosen = Object.fromEntries(filters.map((name) => [name, query.get(name) ?? '']));
  const shown = all.filter((node) => isChosen(node, chosen, text));
  const set = (name: string, value: string): void =>
    replace(listHref(kind, { ...chosen, q: text, [name]: value }));
  return (
    <>
      <h1 tabIndex={-1}>{kinds[kind].many}</h1>
      <form
        class="filters"
        role="search"
        aria-label={`Narrow down the ${kinds[kind].many.toLowerCase()}`}
        onSubmit={(event) => event.preventDefault()}
      >
        <label>
          Words
          <input
            type="search"
            value={text}
            autocomplete="off"
            onInput={(event) => set('q', event.currentTarget.value)}
          />
        </label>
        {filters.map((name) => {
          const values = valuesOf(all, name);
          return values.length < 2 && chosen[name] === '' ? null : (
            <label key={name}>
              {words[name]}
              <select
                value={chosen[name]}
                onChange={(event) => set(name, event.currentTarget.value)}
              >
                <option value="">all</option>
                {values.map((value) => (
                  <option key={value} value={value}>
                    {value}
                  </option>
                ))}
              </select>
            </label>
          );
        })}
      </form>
      <p role="status" class="side-text">
        {shown.length === all.length
          ? plural(all.length, kinds[kind].one.toLowerCase())
          : `${shown.length} of ${plural(all.length, kinds[kind].one.toLowerCase())}`}
      </p>
      {shown.length === 0 ? null : (
        <NodeTable key={JSON.stringify([kind, chosen, text])} {...{ kind, site }} nodes={shown} />
      )}
    </>
  );
}

const words: Readonly<Record<Filter, string>> = {
  layer: 'Layer',
  tag: 'Tag',
  folder: 'Folder',
  state: 'Last run',
};

function isChosen(node: SiteNode, chosen: Record<string, string>, text: string): boolean {
  const holds = filters.every((name) => {
    const wanted = chosen[name] ?? '';
    return wanted === '' || valuesOf([node], name).includes(wanted);
  });
  if (!holds) return false;
  const low = `${node.name} ${node.description} ${node.tags.join(' ')}`.toLowerCase();
  return wordsOf(text).every((word) => low.includes(word.toLowerCase()));
}

function valuesOf(nodes: readonly SiteNode[], filter: Filter): readonly string[] {
  const values = new Set(
    nodes.flatMap((node) => {
      switch (filter) {
        case 'layer':
          return node.type === 'model' ? [node.layer] : [];
        case 'tag':
          return node.tags;
        case 'folder':
          return folderOf(node) === '' ? [] : [folderOf(node)];
        case 'state':
          return node.result === undefined ? [] : [node.result.status];
      }
    }),
  );
  return [...values].sort();
}

interface Cell {
  readonly title: string;
  readonly number?: boolean;
  readonly of: (node: SiteNode) => ComponentChildren;
}

function NodeTable(props: {
  readonly kind: SiteType;
  readonly nodes: readonly SiteNode[];
  readonly site: Site;
}) {
  const cells = useCells(props.kind);
  const count = useGrowing(props.nodes.length);
  const nodes = [...props.nodes].sort((a, b) => byName.compare(a.name, b.name)).slice(0, count);
  return (
    <Scrolled label={kinds[props.kind].many}>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Name</th>
            {cells.map(({ title, number }) => (
              <th key={title} scope="col" class={number === true ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id}>
              <th scope="row">
                <NodeLink node={node} />
                <span class="side-text summary">
                  <InlineMarkdown text={firstSentence(node.description)} />
                </span>
              </th>
              {cells.map(({ title, number, of }) => (
                <td key={title} class={number === true ? 'number' : undefined}>
                  {of(node)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

const byName = new Intl.Collator();

/** Rows that are there at once, and those that each turn of the browser adds to them. */
const firstRows = 100;
const moreRows = 300;

/** Addresses of lists that were whole in this visit: the back button leads to where one was in them. */
const whole = new Set<string>();

/** How many of a number of rows to show: a long table is usable before it is whole. */
function useGrowing(count: number): number {
  const [shown, setShown] = useState(() => (whole.has(location.hash) ? count : firstRows));
  useEffect(() => {
    if (shown >= count) {
      if (count > firstRows) whole.add(location.hash);
      return;
    }
    const turn = setTimeout(() => setShown(shown + moreRows));
    return () => clearTimeout(turn);
  }, [shown, count]);
  return Math.min(shown, count);
}

function useCells(kind: SiteType): readonly Cell[] {
  const { site, formats } = useShown();
  const rows: Cell = {
    title: 'Rows',
    number: true,
    of: (node) => (node.rows === undefined ? '' : formats.count(node.rows)),
  };
  const size: Cell = {
    title: 'Size',
    number: true,
    of: (node) => (node.bytes === undefined ? '' : sizeText(node.bytes)),
  };
  const columns: Cell = {
    title: 'Columns',
    number: true,
    of: (node) => node.columns?.length ?? '',
  };
  const state: Cell = {
    title: 'Last run',
    of: (node) => <Status status={node.result?.status ?? null} />,
  };
  const tests: Cell = {
    title: 'Tests',
    of: (node) => <TestCount tests={site.tests(node)} />,
  };
  const tags: Cell = { title: 'Tags', of: (node) => <Tags tags={node.tags} /> };
  switch (kind) {
    case 'model':
      return [
        { title: 'Layer', of: (node) => node.layer },
        tags,
        columns,
        rows,
        size,
        tests,
        state,
      ];
    case 'seed':
    case 'snapshot':
      return [tags, columns, rows, size, tests, state];
    case 'source':
      return [
        columns,
        rows,
        tests,
        {
          title: 'Freshness',
          of: ({ freshness }) =>
            freshness === undefined ? '' : <Status status={freshness.status ?? 'not looked at'} />,
        },
        {
          title: 'Newest record',
          of: ({ freshness }) =>
            freshness?.maxLoadedAt == null ? '' : formats.instant(freshness.maxLoadedAt),
        },
      ];
    case 'test':
    case 'unit_test':
      return [
        {
          title: 'Tests',
          of: (node) => {
            const target = site.node(node.test?.node ?? node.unit?.model ?? '');
            return target === null ? '' : <NodeLink node={target} />;
          },
        },
        { title: 'Column', of: (node) => node.test?.column ?? '' },
        state,
        {
          title: 'Failing rows',
          number: true,
          of: (node) => (node.result?.failures == null ? '' : formats.count(node.result.failures)),
        },
      ];
    case 'exposure':
      return [
        { title: 'Type', of: (node) => node.exposure?.type ?? '' },
        { title: 'Owner', of: (node) => node.owner ?? '' },
        { title: 'Reads', number: true, of: (node) => node.parents.length },
      ];
    case 'macro':
      return [
        {
          title: 'Arguments',
          of: (node) => node.arguments?.map(({ name }) => name).join(', ') ?? '',
        },
        { title: 'Called by', number: true, of: (node) => site.callers(node).length },
      ];
    case 'metric':
      return [columns, { title: 'Reads', number: true, of: (node) => node.parents.length }];
    case 'analysis':
      return [{ title: 'Reads', number: true, of: (node) => node.parents.length }];
  }
}

function TestCount({ tests }: { readonly tests: readonly SiteNode[] }) {
  if (tests.length === 0) return <span class="side-text">none</span>;
  const bad = tests.filter(({ result }) => ['fail', 'error'].includes(result?.status ?? ''));
  return bad.length === 0 ? (
    <>{tests.length}</>
  ) : (
    <>
      {tests.length} <span class="status bad">{bad.length} failed</span>
    </>
  );
}

function firstSentence(text: string): string {
  const [line = ''] = text.trim().split('\n', 1);
  const end = line.search(/[.!?](\s|$)/);
  return end === -1 ? line : line.slice(0, end + 1);
}
