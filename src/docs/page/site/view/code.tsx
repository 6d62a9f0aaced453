/** SQL, highlighted, with a button that copies it. */
import { useState } from 'preact/hooks';
import { piecesOf } from '../model/sql-tokens.js';

export function Code({ sql, label }: { readonly sql: string; readonly label: string }) {
  return (
    <figure class="code">
      <Copy text={sql} />
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>
          {piecesOf(sql.replace(/\s+$/, '')).map(({ kind, text }, i) =>
            kind === null ? (
              text
            ) : (
              <span key={i} class={`sql ${kind}`}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </figure>
  );
}

function Copy({ text }: { readonly text: string }) {
  const [said, say] = useState('Copy');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say('Copied');
    } catch {
      say('Not allowed here');
    }
    setTimeout(() => say('Copy'), 2000);
  };
  return (
    <button type="button" class="copy" aria-live="polite" onClick={() => void copy()}>
      {said}
    </button>
  );
}
