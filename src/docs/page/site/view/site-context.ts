import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Formats } from '../../../../dashboard/model/format.js';
import type { Site } from '../model/site.js';

/** What all of the page is drawn from. */
export interface SiteShown {
  readonly site: Site;
  readonly formats: Formats;
  /** Now, in milliseconds. */
  readonly now: number;
  /** Another address in place of the present one, without a step for the back button. */
  readonly replace: (address: string) => void;
  readonly go: (address: string) => void;
}

export const SiteContext = createContext<SiteShown | null>(null);

export function useShown(): SiteShown {
  const shown = useContext(SiteContext);
  if (shown === null) throw new Error('It stands outside of the page.');
  return shown;
}
