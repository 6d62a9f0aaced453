/** The first room: what there is, how it is, and what is not known. */
import { secondsText } from '../model/figures.js';
import { kinds, order } from '../model/kinds.js';
import { listHref } from '../model/route.js';
import { Facts, Markdown, NodeLink, Section, Status } from './parts.js';
import { useShown } from './site-context.js';

export function HomePage() {
  const { site, formats, now } = useShown();
  const { project, run } = site.data;
  const failed = site.data.nodes.filter(({ result }) =>
    ['fail', 'error'].includes(result?.status ?? ''),
  );
  const stale = site
    .ofType('source')
    .filter(({ freshness }) =>
      ['warn', 'error', 'runtime error'].includes(freshness?.status ?? ''),
    );
  return (
    <>
      <h1 tabIndex={-1}>{project.name}</h1>
      {project.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      <ul class="cards">
        {order.map((kind) => {
          const { length } = site.ofType(kind);
          return length === 0 ? null : (
            <li key={kind}>
              <a href={listHref(kind)}>
                <strong>{formats.count(length)}</strong>
                {(length === 1 ? kinds[kind].one : kinds[kind].many).toLowerCase()}
              </a>
            </li>
          );
        })}
      </ul>
      {failed.length + stale.length === 0 ? null : (
        <Section id="trouble" title="What needs a look">
          <ul class="plain">
            {[...failed, ...stale].map((node) => (
              <li key={node.id}>
                <NodeLink node={node} />{' '}
                <Status status={node.result?.status ?? node.freshness?.status ?? null} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {project.overview === null ? null : <Markdown text={project.overview} />}
      <Section id="about" title="About this documentation">
        <Facts
          facts={[
            [
              'Made',
              `${formats.instant(project.generatedAt)} (${formats.age(project.generatedAt, now)})`,
            ],
            ['Target', `${project.target} (${project.adapter})`],
            ['Figures as of', project.asOf === null ? null : formats.date(project.asOf)],
            ['Published build', project.build?.id ?? 'none'],
            [
              'Published',
              project.build?.publishedAt == null
                ? null
                : formats.instant(project.build.publishedAt),
            ],
            [
              'Last run',
              run === null ? (
                'none'
              ) : (
                <a href="#/run">
                  {run.command}, {formats.age(run.endedAt, now)}, {secondsText(run.elapsed)}
                </a>
              ),
            ],
            ['By', `techstore ${project.version}`],
          ]}
        />
      </Section>
    </>
  );
}
