/** The last run: when each node ran and for how long, and what failed. */
import { plural, secondsText } from '../model/figures.js';
import { hrefOf } from '../model/route.js';
import type { SiteRun, SiteRunEntry } from '../site-data.js';
import { Facts, Rows, Scrolled, Section, Status } from './parts.js';
import { useShown } from './site-context.js';
import { Timeline } from './timeline.js';

const SLOWEST = 20;

export function RunPage({ query }: { readonly query: URLSearchParams }) {
  const { site, formats, replace } = useShown();
  const { run } = site.data;
  if (run === null) {
    return (
      <>
        <h1 tabIndex={-1}>Last run</h1>
        <p>
          No run is known. Run <code>techstore build</code>, then{' '}
          <code>techstore docs generate</code>.
        </p>
      </>
    );
  }
  const bad = run.results.filter(({ status }) => ['fail', 'error'].includes(status));
  const warned = run.results.filter(({ status }) => status === 'warn');
  const all = query.get('all') !== null;
  const slowest = [...run.results]
    .filter(({ reused, status }) => !reused && status !== 'skipped')
    .sort((a, b) => b.seconds - a.seconds);
  return (
    <>
      <h1 tabIndex={-1}>Last run</h1>
      <Facts
        facts={[
          ['Command', run.command],
          ['Began', run.startedAt === null ? null : formats.instant(run.startedAt)],
          ['Ended', formats.instant(run.endedAt)],
          ['Took', secondsText(run.elapsed)],
          ['Results', <Counts run={run} />],
          ['Invocation', run.invocationId],
        ]}
      />
      <Section id="failures" title={bad.length === 0 ? 'Nothing failed' : 'Failures'}>
        {bad.map((entry) => (
          <Failure key={entry.id} entry={entry} />
        ))}
      </Section>
      <Section id="timeline" title="Timeline">
        <Timeline run={run} />
      </Section>
      <Section id="slowest" title={all ? 'All nodes' : 'The slowest'}>
        <Times entries={all ? slowest : slowest.slice(0, SLOWEST)} />
        {slowest.length <= SLOWEST ? null : (
          <button type="button" onClick={() => replace(all ? '#/run' : '#/run?all=1')}>
            {all ? `Only the ${SLOWEST} slowest` : `All ${plural(slowest.length, 'node')} that ran`}
          </button>
        )}
      </Section>
      {warned.length === 0 ? null : (
        <Section id="warnings" title="Warnings">
          {warned.map((entry) => (
            <Failure key={entry.id} entry={entry} />
          ))}
        </Section>
      )}
    </>
  );
}

function Counts({ run }: { readonly run: SiteRun }) {
  const counts = new Map<string, number>();
  let reused = 0;
  for (const { status, reused: isReused } of run.results) {
    if (isReused) reused += 1;
    else counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return (
    <>
      {[...counts].map(([status, count]) => (
        <span key={status} class="count">
          {count} <Status status={status} />
        </span>
      ))}
      {reused === 0 ? null : <span class="count">{reused} reused, since nothing had changed</span>}
    </>
  );
}

function Failure({ entry }: { readonly entry: SiteRunEntry }) {
  const { site } = useShown();
  const node = site.node(entry.id);
  const sample = node?.result?.sample;
  return (
    <article class="failure">
      <h3>
        {node === null ? entry.id : <a href={hrefOf(node)}>{node.name}</a>}{' '}
        <Status status={entry.status} />
      </h3>
      {entry.failures === null ? null : <p>{plural(entry.failures, 'failing row')}</p>}
      {entry.message === null ? null : <pre class="message">{entry.message}</pre>}
      {sample === undefined ? (
        (entry.failures ?? 0) > 0 && !site.data.project.hasSamples ? (
          <p class="side-text">Failing rows are shown only with --with-samples.</p>
        ) : null
      ) : (
        <Rows rows={sample} label={`Failing rows of ${node?.name ?? entry.id}`} />
      )}
    </article>
  );
}

function Times({ entries }: { readonly entries: readonly SiteRunEntry[] }) {
  const { site, formats } = useShown();
  return (
    <Scrolled label="Nodes by the time that they took">
      <table>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col" class="number">
              Began after
            </th>
            <th scope="col">Thread</th>
            <th scope="col" class="number">
              Rows
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const node = site.node(entry.id);
            return (
              <tr key={entry.id}>
                <th scope="row">
                  {node === null ? entry.id : <a href={hrefOf(node)}>{node.name}</a>}
                </th>
                <td>
                  <Status status={entry.status} />
                </td>
                <td class="number">{secondsText(entry.seconds)}</td>
                <td class="number">
                  {entry.start === null ? '' : secondsText(entry.start / 1000)}
                </td>
                <td>{entry.thread}</td>
                <td class="number">{entry.rows === null ? '' : formats.count(entry.rows)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrolled>
  );
}
