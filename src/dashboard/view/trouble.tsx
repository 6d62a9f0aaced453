/** Why there are no figures, or no newer ones, and what can be done. */
import type { ApiFailure, FailureKind } from '../api/failure.js';

const titles: Readonly<Record<FailureKind, string>> = {
  unauthorized: 'API key required',
  forbidden: 'This key has no access to the figures',
  'too-often': 'Too many requests',
  unpublished: 'No figures yet',
  unavailable: 'The server is busy',
  offline: 'No connection to the server',
  failed: 'The figures could not be read',
};

export interface TroubleProps {
  readonly failure: ApiFailure;
  /** Older figures are on the screen. */
  readonly hasFigures: boolean;
  readonly isLoading: boolean;
  readonly onRetry: () => void;
}

export function Trouble({ failure, hasFigures, isLoading, onRetry }: TroubleProps) {
  const isNew = failure.kind === 'unpublished';
  return (
    <section
      class={hasFigures ? 'notice banner bad' : 'panel message'}
      role="alert"
      aria-labelledby="trouble-title"
    >
      <h2 id="trouble-title">{titles[failure.kind]}</h2>
      <p>
        {failure.message}{' '}
        {isNew ? (
          <>
            Run <code>techstore build</code>. The figures appear here when it has finished.
          </>
        ) : hasFigures ? (
          'The figures below are the latest available. Retrying automatically.'
        ) : (
          'Retrying automatically.'
        )}
      </p>
      <button type="button" onClick={onRetry} aria-disabled={isLoading}>
        Try again now
      </button>
    </section>
  );
}
