/** How old the newest records of the sources are, the stale ones first. */
import type { SourceAge } from '../api/types.js';
import type { Formats } from '../model/format.js';

export interface SourcesProps {
  readonly sources: readonly SourceAge[];
  readonly now: number;
  readonly formats: Formats;
}

const states: Readonly<Record<SourceAge['status'], readonly [word: string, tone: string]>> = {
  error: ['Too old', 'bad'],
  unknown: ['Unknown', 'bad'],
  warn: ['Getting old', 'warn'],
  pass: ['Fresh', 'good'],
};

const order = Object.keys(states);

/** Nothing where no source has a limit. */
export function Sources({ sources, now, formats }: SourcesProps) {
  if (sources.length === 0) return null;
  const sorted = sources.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return (
    <>
      <h3 id="sources">Sources</h3>
      <ol class="builds" aria-labelledby="sources">
        {sorted.map(({ source, table, status, newest_at: at, from_file: isFile }) => (
          <li key={`${source}.${table}`}>
            <span class={`tag ${states[status][1]}`}>{states[status][0]}</span>
            <span class="main-text">
              {source}.{table}
            </span>
            <span class="side-text">
              {at === null
                ? 'no record with a time'
                : `${isFile ? 'file' : 'newest record'} ${formats.age(at, now)}`}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
