/** Small things that many rooms of the page show. */
import type { ComponentChildren } from 'preact';
import { htmlOf, inlineHtmlOf } from '../model/markdown.js';
import { kinds } from '../model/kinds.js';
import { hrefOf } from '../model/route.js';
import type { SiteMeta, SiteNode, SiteRows } from '../site-data.js';

export function NodeLink({ node }: { readonly node: SiteNode }) {
  return (
    <a href={hrefOf(node)} class="node-link">
      {node.name}
    </a>
  );
}

export function Kind({ node }: { readonly node: SiteNode }) {
  return <span class={`kind layer-${layerClass(node)}`}>{kinds[node.type].one}</span>;
}

const layers = ['bronze', 'silver', 'gold', 'source', 'seed', 'exposure', 'test', 'unit_test'];

function layerClass({ layer }: SiteNode): string {
  return layers.includes(layer) ? layer : 'other';
}

/** The text is safe: `htmlOf` makes text of all markup in it. */
export function Markdown({ text }: { readonly text: string }) {
  return <div class="markdown" dangerouslySetInnerHTML={{ __html: htmlOf(text) }} />;
}

export function InlineMarkdown({ text }: { readonly text: string }) {
  return <span dangerouslySetInnerHTML={{ __html: inlineHtmlOf(text) }} />;
}

const words: Readonly<Record<string, readonly [mood: string, text: string]>> = {
  success: ['good', 'success'],
  pass: ['good', 'pass'],
  warn: ['warn', 'warning'],
  fail: ['bad', 'failed'],
  error: ['bad', 'error'],
  'runtime error': ['bad', 'not known: error'],
  skipped: ['quiet', 'skipped'],
  'no-op': ['quiet', 'nothing to do'],
};

/** What went well has nothing to say. */
export function isTrouble(status: string): boolean {
  return !['success', 'pass', 'no-op'].includes(status);
}

export function Status({ status }: { readonly status: string | null }) {
  const [mood, text] = words[status ?? ''] ?? ['quiet', status ?? 'not run'];
  return <span class={`status ${mood}`}>{text}</span>;
}

export function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section id={props.id} aria-labelledby={`${props.id}-title`} class="section">
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** A table that scrolls by itself, by the keyboard too. */
export function Scrolled(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={props.label}>
      {props.children}
    </div>
  );
}

export function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <>
      {tags.map((tag) => (
        <span key={tag} class="tag">
          {tag}
        </span>
      ))}
    </>
  );
}

export function Meta({ meta }: { readonly meta: SiteMeta }) {
  return (
    <dl class="facts">
      {Object.entries(meta).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Rows({ rows, label }: { readonly rows: SiteRows; readonly label: string }) {
  return (
    <Scrolled label={label}>
      <table class="rows">
        <thead>
          <tr>
            {rows.columns.map((name, i) => (
              <th key={i} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.rows.map((row, i) => (
            <tr key={i}>
              {row.map((value, c) => (
                <td key={c}>{value ?? <span class="null">NULL</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[];
}) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
