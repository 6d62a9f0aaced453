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
        {failure.kind === 'forbidden' ? 'This key may not see the figures' : 'An API key, please'}
      </h2>
      <p role={hasKey ? 'alert' : undefined} id="key-why">
        {hasKey ? failure.message : 'This shop shows its figures only to those who have a key.'}
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
          This tab alone keeps it, until it is closed. Keys are made with{' '}
          <code>techstore keys create</code>.
        </p>
      </form>
    </section>
  );
}
