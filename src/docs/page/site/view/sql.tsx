/** The SQL of a node: as it is written, and as the database gets it. */
import { useState } from 'preact/hooks';
import type { SiteNode } from '../site-data.js';
import { Code } from './code.js';
import { Section } from './parts.js';

export function Sql({ node }: { readonly node: SiteNode }) {
  const { raw, compiled, notCompiled } = node;
  const [wanted, want] = useState<'raw' | 'compiled'>('raw');
  if (raw === undefined && compiled === undefined) return null;
  const both = raw !== undefined && compiled !== undefined;
  const shown = both ? wanted : raw === undefined ? 'compiled' : 'raw';
  return (
    <Section id="sql" title={node.type === 'macro' ? 'Source' : 'SQL'}>
      {both ? (
        <div class="choice" role="group" aria-label="Which SQL">
          {(['raw', 'compiled'] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={shown === kind}
              onClick={() => want(kind)}
            >
              {kind === 'raw' ? 'As written' : 'Compiled'}
            </button>
          ))}
        </div>
      ) : null}
      {notCompiled === undefined ? null : <p class="note">It is not compiled: {notCompiled}.</p>}
      <Code
        sql={(shown === 'raw' ? raw : compiled) ?? ''}
        label={`SQL of ${node.name}, ${shown}`}
      />
    </Section>
  );
}
