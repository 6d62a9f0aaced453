/** The lineage as a page of its own. */
import type { Theme } from '../../../dashboard/state/theme.js';
import { LineageView, type LineageViewProps } from './lineage-view.js';
import { ThemeChoice } from '../../../dashboard/view/theme-choice.js';

export interface LineagePageProps extends LineageViewProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

export function LineagePage({ theme, onTheme, ...view }: LineagePageProps) {
  return (
    <>
      <header class="lineage-head">
        <h1>Lineage of {view.data.project}</h1>
        <ThemeChoice theme={theme} onTheme={onTheme} label="Colours" />
      </header>
      <main>
        <LineageView {...view} />
      </main>
    </>
  );
}
