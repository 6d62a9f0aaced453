/** The metric queries: asked of a build, or explained. */
import { openTables } from '../../builds/index.js';
import { DatabaseError } from '../../engine/database-error.js';
import type { Connection, ResultSet } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import { ask, type Tables } from '../../metrics/answer.js';
import type { Detail, Metric } from '../../metrics/metric.js';
import { detailsByName, metricsByName } from '../../metrics/metrics.js';
import type { DetailName, MetricName, SectionName } from '../../metrics/metric-names.js';
import type { Values } from '../../metrics/parameters.js';
import type { Profile } from '../../project/index.js';
import { formatOf } from '../format-choice.js';
import { interrupting } from '../interrupt.js';
import { tellOnStderr } from '../store-options.js';
import { profileFor } from '../metrics/light-profile.js';
import { valuesOf } from '../metrics/values.js';
import type { FormatOptions, ProjectOptions } from '../options.js';

export interface MetricOptions extends ProjectOptions, FormatOptions {
  readonly build?: string;
  readonly explain?: boolean;
  readonly limit?: string;
  readonly days?: string;
  readonly months?: string;
}

export interface DetailOptions extends MetricOptions {
  readonly section?: string;
}

/** @param given what stands behind the command, by the names of the metric's parameters */
export async function askMetric(
  name: MetricName,
  given: Readonly<Record<string, string>>,
  options: MetricOptions,
): Promise<void> {
  const metric = metricsByName[name];
  const values = valuesOf(metric.parameters, { ...options, ...given });
  const profile = await profileFor(options);
  if (options.explain === true) return explained([metric], values, profile, options);
  await reading(profile, options, async (connection, tables, buildId) => {
    const answer = await asking(connection, tables, metric, values);
    const { printAnswer } = await import('../metrics/print-answer.js');
    await printAnswer({ metric, values, answer }, options, {
      profile,
      buildId,
      asOf: () => asOfDate(connection, tables),
    });
  });
}

/** @throws TechstoreError `usage` when there is nothing with this id */
export async function showDetail(
  name: DetailName,
  id: string,
  options: DetailOptions,
): Promise<void> {
  const detail: Detail = detailsByName[name];
  const values = valuesOf(detail.parameters, { ...options, id });
  const sections = sectionsOf(detail, options);
  const profile = await profileFor(options);
  if (options.explain === true) {
    return explained(
      sections.map(([, metric]) => metric),
      values,
      profile,
      options,
    );
  }
  await reading(profile, options, async (connection, tables, buildId) => {
    const [first] = Object.values(detail.sections);
    const answers: [string, Metric<SectionName>, ResultSet][] = [];
    if (first !== undefined) {
      const found = await asking(connection, tables, first, values);
      if (found.rows.length === 0) throw nothingWith(detail, id);
    }
    for (const [title, metric] of sections) {
      answers.push([title, metric, await asking(connection, tables, metric, values)]);
    }
    const { printDetail } = await import('../metrics/print-detail.js');
    await printDetail({ answers, values, whole: options.section === undefined }, options, {
      profile,
      buildId,
      asOf: () => asOfDate(connection, tables),
    });
  });
}

function sectionsOf(
  detail: Detail,
  options: DetailOptions,
): readonly (readonly [string, Metric<SectionName>])[] {
  const all = Object.entries(detail.sections);
  const names = all.map(([name]) => name).join(', ');
  if (options.section !== undefined) {
    const found = all.filter(([name]) => name === options.section);
    if (found.length > 0) return found;
    throw new TechstoreError('usage', `The section '${options.section}' does not exist`, {
      hint: `The sections are: ${names}.`,
    });
  }
  if (options.explain !== true && formatOf(options) === 'csv') {
    throw new TechstoreError(
      'usage',
      `${detail.name} returns several tables, but CSV can hold only one`,
      {
        hint: `Choose one with --section: ${names}.`,
      },
    );
  }
  return all;
}

/** Where ids are to be found. */
const listOfIds: Readonly<Record<DetailName, MetricName>> = {
  'customers show': 'customers top',
  'products show': 'products best-sellers',
};

function nothingWith(detail: Detail, id: string): TechstoreError {
  const [kind = ''] = detail.name.split(' ');
  const what = kind.replace(/s$/, '');
  return new TechstoreError('usage', `No ${what} has the id ${id}`, {
    hint: `techstore ${listOfIds[detail.name]} lists ${kind} with their ids.`,
  });
}

async function reading(
  profile: Profile,
  options: MetricOptions,
  work: (
    connection: Connection,
    tables: Tables,
    buildId: () => Promise<string | null>,
  ) => Promise<void>,
): Promise<void> {
  const { engine, schema, buildId, close } = await openTables(profile, options.build, tellOnStderr);
  const end = interrupting(engine);
  try {
    const { database } = profile.target;
    await work(await engine.connect(), { engine: engine.type, database, schema }, buildId);
  } finally {
    end();
    await close();
  }
}

async function asking(
  connection: Connection,
  tables: Tables,
  metric: Metric,
  values: Values,
): Promise<ResultSet> {
  try {
    return await ask(connection, tables, metric, values);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.kind !== 'catalog') throw error;
    throw new TechstoreError('publish', 'The build lacks a table that this metric needs', {
      // Of the tables that are there the nearest one is none that could take its place.
      hint: `${error.message.split('\n')[0] ?? ''} Metrics read the gold and silver tables of a full build. Run techstore build.`,
      cause: error,
    });
  }
}

async function asOfDate(connection: Connection, tables: Tables): Promise<string | null> {
  const { asOf } = await import('../../metrics/definitions/operations.js');
  const { rows } = await ask(connection, tables, asOf, {});
  const [date] = rows[0] ?? [];
  return typeof date === 'string' ? date : null;
}

async function explained(
  of: readonly Metric[],
  values: Values,
  profile: Profile,
  options: MetricOptions,
): Promise<void> {
  const { explain } = await import('../metrics/explain.js');
  process.stdout.write(await explain(of, values, profile, formatOf(options) === 'json'));
}
