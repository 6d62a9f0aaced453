/** Finds out how fresh one source is; a failure is a result, not an exception. */
import { newestRecord, type Instant } from '../../dbt/freshness.js';
import { interruptedError, TechstoreError } from '../../errors.js';
import { freshnessStatus, neverLoaded } from '../../ground/freshness.js';
import type { FreshnessResult } from '../../manifest/freshness.js';
import type { SourceNode } from '../../manifest/nodes.js';
import type { NodeRun } from '../node-run.js';
import { textOf } from '../text-of-error.js';

export interface CheckOptions {
  /** When the file that a source was loaded from was last written; undefined where that is not known. */
  readonly fileTime: (source: SourceNode) => Date | undefined;
  /** Takes secrets out of a text that is kept or shown. Default: nothing is secret. */
  readonly redact?: ((text: string) => string) | undefined;
}

type Asking = Pick<NodeRun, 'connection' | 'dialect' | 'compiler' | 'backend'>;

interface Found {
  readonly loadedAt: Instant | null;
  readonly askedAt: Instant;
  readonly fromFile?: boolean;
}

/** What dbt takes for the time of a source without a record: as long ago as can be. */
const never: Instant = { at: neverLoaded, micros: 0 };

/** Sources whose age is looked at: those with a threshold. */
export function isChecked({ freshness }: SourceNode): boolean {
  return freshness !== null && (freshness.warnAfter !== null || freshness.errorAfter !== null);
}

export async function checkSource(
  source: SourceNode,
  run: Asking,
  thread: number,
  { fileTime, redact = (text) => text }: CheckOptions,
): Promise<FreshnessResult> {
  const startedAt = new Date();
  const clock = performance.now();
  run.connection.tag?.({ techstore_node: source.uniqueId });
  const criteria = source.freshness ?? { warnAfter: null, errorAfter: null, filter: null };
  let found: Found | null = null;
  let error: string | null = null;
  try {
    found = await find(source, run, fileTime);
  } catch (cause) {
    if (!(cause instanceof TechstoreError)) throw cause;
    // Where in our own macro it came up helps nobody.
    if (cause.code === 'interrupted') throw interruptedError(cause.message);
    const isOwn = cause.place?.file.startsWith('dbt/') ?? false;
    const text = isOwn ? [cause.message, cause.hint].filter(Boolean).join('\n') : textOf(cause);
    error = redact(text);
  }
  const age = found === null ? null : secondsBetween(found.loadedAt ?? never, found.askedAt);
  const loadedAt = found === null ? null : (found.loadedAt ?? never);
  return {
    uniqueId: source.uniqueId,
    status: age === null ? 'runtime error' : freshnessStatus(age, criteria),
    error,
    maxLoadedAt: loadedAt?.at ?? null,
    maxLoadedAtMicros: loadedAt?.micros ?? 0,
    snapshottedAt: found?.askedAt.at ?? null,
    snapshottedAtMicros: found?.askedAt.micros ?? 0,
    age,
    criteria,
    timing: [
      { name: 'compile', startedAt, completedAt: startedAt },
      { name: 'execute', startedAt, completedAt: new Date() },
    ],
    executionTime: (performance.now() - clock) / 1000,
    thread: `Thread-${thread}`,
    fromFile: found?.fromFile ?? false,
  };
}

async function find(
  source: SourceNode,
  run: Asking,
  fileTime: CheckOptions['fileTime'],
): Promise<Found> {
  if (source.loadedAtQuery !== null || source.loadedAtField !== null)
    return newestRecord(source, run.compiler, run.backend);
  const written = fileTime(source);
  if (written !== undefined)
    return {
      loadedAt: { at: written, micros: 0 },
      askedAt: { at: new Date(), micros: 0 },
      fromFile: true,
    };
  const history = run.dialect.historyOf?.(run.dialect.renderRelation(source));
  if (history === undefined) {
    throw new TechstoreError(
      'project',
      'It has no loaded_at_field, and this database does not tell when a table was written',
      { place: source.place, hint: 'Add loaded_at_field or loaded_at_query.' },
    );
  }
  return lastWritten(source, history, run);
}

/** By the history that the database itself keeps of a table. */
async function lastWritten(source: SourceNode, history: string, run: Asking): Promise<Found> {
  const { columns, rows } = await run.connection.query(history);
  const index = columns.findIndex(({ name }) => name.toLowerCase() === 'timestamp');
  const written = instantIn(rows[0]?.[index]);
  const now = await run.connection.query('select current_timestamp() as now');
  const askedAt = instantIn(now.rows[0]?.[0]);
  if (written === null || askedAt === null) {
    throw new TechstoreError('database', `${source.name} has no history that tells its time`, {
      place: source.place,
      hint: 'Add loaded_at_field or loaded_at_query.',
    });
  }
  return { loadedAt: written, askedAt };
}

/** Of `2025-06-30 10:20:30.123456+00`. */
function instantIn(value: unknown): Instant | null {
  const match =
    typeof value === 'string'
      ? /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:\+00(?::00)?|Z)?$/.exec(value)
      : null;
  if (match === null) return null;
  const [, day = '', time = '', fraction = ''] = match;
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  return {
    at: new Date(Date.parse(`${day}T${time}Z`) + Math.floor(micros / 1000)),
    micros: micros % 1000,
  };
}

function secondsBetween(from: Instant, to: Instant): number {
  return ((to.at.getTime() - from.at.getTime()) * 1000 + (to.micros - from.micros)) / 1_000_000;
}
