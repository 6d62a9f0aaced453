/** Where the figures come from: the served build, its tests, and builds that came after it. */
import type { Build, Ready, SourceAge } from '../api/types.js';
import { noValue, type Formats } from '../model/format.js';
import { Empty, Panel } from './panel.js';
import { Sources } from './sources.js';

export interface BuildsProps {
  readonly ready: Ready | null;
  readonly builds: readonly Build[];
  readonly sources: readonly SourceAge[];
  readonly now: number;
  readonly formats: Formats;
}

const states: Readonly<Record<Build['state'], readonly [word: string, tone: string]>> = {
  published: ['Published', 'good'],
  kept: ['Replaced', 'plain'],
  imported: ['Imported', 'plain'],
  failed: ['Failed', 'bad'],
  working: ['Working', 'plain'],
  unpublished: ['Not published', 'plain'],
  finished: ['Finished', 'plain'],
};

export function Builds({ ready, builds, sources, now, formats }: BuildsProps) {
  const served = builds.find((build) => build.build === ready?.build);
  const [latest] = builds;
  const publishedAt = ready?.published_at ?? null;
  return (
    <Panel
      id="builds"
      title="Build and tests"
      scope={publishedAt === null ? 'Age unknown' : `Published ${formats.age(publishedAt, now)}`}
    >
      {latest?.state === 'failed' && (
        <p class="notice bad">
          <strong>The latest build failed</strong> {formats.age(latest.finished_at, now)}
          {latest.tests_failed > 0
            ? `, with ${formats.count(latest.tests_failed)} failed tests`
            : ''}
          . The figures are from the previous build.
        </p>
      )}
      {served === undefined ? (
        <Empty>This build has no test results.</Empty>
      ) : (
        <ul class="tests" aria-label="Tests of the current build">
          <Tests count={served.tests_passed} word="passed" tone="good" formats={formats} />
          <Tests count={served.tests_warned} word="warned" tone="warn" formats={formats} />
          <Tests count={served.tests_failed} word="failed" tone="bad" formats={formats} />
        </ul>
      )}
      {ready !== null && (
        <dl class="facts small">
          <div>
            <dt>Figures as of</dt>
            <dd>{ready.as_of === null ? noValue : formats.date(ready.as_of)}</dd>
          </div>
          <div>
            <dt>Published</dt>
            <dd>{publishedAt === null ? noValue : formats.instant(publishedAt)}</dd>
          </div>
          <div>
            <dt>Target</dt>
            <dd>{ready.target}</dd>
          </div>
        </dl>
      )}
      <Sources {...{ sources, now, formats }} />
      {builds.length > 0 && <h3>Latest builds</h3>}
      <ol class="builds">
        {builds.slice(0, 6).map((build) => (
          <li key={build.build}>
            <span class={`tag ${states[build.state][1]}`}>{states[build.state][0]}</span>
            <span class="main-text">
              <time dateTime={build.finished_at}>{formats.instant(build.finished_at)}</time>
            </span>
            <span class="side-text">
              {formats.count(build.tables)} tables, {formats.count(build.rows)} rows
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

interface TestsProps {
  readonly count: number;
  readonly word: string;
  readonly tone: string;
  readonly formats: Formats;
}

function Tests({ count, word, tone, formats }: TestsProps) {
  return (
    <li class={count === 0 ? 'none' : tone}>
      <strong>{formats.count(count)}</strong> {word}
    </li>
  );
}
