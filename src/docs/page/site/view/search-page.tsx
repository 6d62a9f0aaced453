/** What was found for the words in the search field. */
import { columnHref } from '../model/route.js';
import { wordsOf, type Hit } from '../model/search.js';
import { Kind, NodeLink } from './parts.js';

export interface SearchPageProps {
  readonly text: string;
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly isReady: boolean;
}

export function SearchPage({ text, hits, total, isReady }: SearchPageProps) {
  return (
    <>
      <h1 tabIndex={-1}>Search</h1>
      <p role="status" class="side-text">
        {text.trim() === ''
          ? 'Type a name, a column, a tag, or words of a description or of SQL.'
          : total === 0
            ? isReady
              ? `Nothing is found for “${text}”.`
              : 'Searching …'
            : total > hits.length
              ? `${total} found; the best ${hits.length} are shown.`
              : `${total} found.`}
      </p>
      <ol class="hits">
        {hits.map((hit) => (
          <HitItem key={hit.node.id} hit={hit} text={text} />
        ))}
      </ol>
    </>
  );
}

function HitItem({ hit, text }: { readonly hit: Hit; readonly text: string }) {
  const { node, columns, line } = hit;
  return (
    <li>
      <p class="hit-name">
        <NodeLink node={node} /> <Kind node={node} />
      </p>
      {columns.length === 0 ? null : (
        <p class="side-text">
          Columns:{' '}
          {columns.map((name, i) => (
            <span key={name}>
              {i === 0 ? '' : ', '}
              <a href={columnHref(node.id, name)}>{name}</a>
            </span>
          ))}
        </p>
      )}
      {line === null ? null : (
        <p class="side-text line">
          <Marked text={line} words={wordsOf(text)} />
        </p>
      )}
    </li>
  );
}

function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  if (words.length === 0) return <>{text}</>;
  const pattern = new RegExp(`(${words.map(escaped).join('|')})`, 'iu');
  return (
    <>{text.split(pattern).map((part, i) => (i % 2 === 1 ? <mark key={i}>{part}</mark> : part))}</>
  );
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
