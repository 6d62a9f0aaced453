/** How fresh a source is, and how fresh it has to be. */
import { ageText } from '../model/figures.js';
import type { SiteFreshness } from '../site-data.js';
import { Facts, Status } from './parts.js';
import { useShown } from './site-context.js';

export function Freshness({ freshness }: { readonly freshness: SiteFreshness }) {
  const { formats } = useShown();
  const { maxLoadedAt, snapshottedAt, age, error } = freshness;
  return (
    <>
      <Facts
        facts={[
          [
            'State',
            freshness.status === null ? 'not looked at' : <Status status={freshness.status} />,
          ],
          ['Newest record', maxLoadedAt === null ? null : formats.instant(maxLoadedAt)],
          ['Age', age === null ? null : ageText(age)],
          ['Looked at', snapshottedAt === null ? null : formats.instant(snapshottedAt)],
          ['Warns after', freshness.warnAfter],
          ['Fails after', freshness.errorAfter],
          ['By', freshness.loadedAtField === null ? null : <code>{freshness.loadedAtField}</code>],
          ['Filter', freshness.filter === null ? null : <code>{freshness.filter}</code>],
        ]}
      />
      {error === null ? null : <pre class="message">{error}</pre>}
    </>
  );
}
