/** Asks for an API key. */
import { useState } from 'preact/hooks';
import type { ApiFailure } from '../api/failure.js';

export interface KeyFormProps {
  readonly failure: ApiFailure;
  readonly hasKey: boolean;
  readonly onKey: (key: string) => void;
}

export function KeyForm({ failure, hasKey, onKey }: KeyFormProps) {
  const [key, setKey] = useState('');
  return (
    <section class="panel message" aria-labelledby="key-title">
      <h2 id="key-title">
        {failure.kind === 'forbidden'
          ? 'This key has no access to the figures'
          : 'API key required'}
      </h2>
      <p role={hasKey ? 'alert' : undefined} id="key-why">
        {hasKey ? failure.message : 'The figures of this shop require an API key.'}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') onKey(key.trim());
        }}
      >
        <label for="key">API key</label>
        <div class="field">
          <input
            id="key"
            type="password"
            autoComplete="off"
            spellcheck={false}
            required
            aria-describedby="key-why key-where"
            value={key}
            onInput={({ currentTarget }) => setKey(currentTarget.value)}
          />
          <button type="submit" class="primary">
            Show the figures
          </button>
        </div>
        <p class="side-text" id="key-where">
          The key stays in this tab until you close it. Create keys with{' '}
          <code>techstore keys create</code>.
        </p>
      </form>
    </section>
  );
}
