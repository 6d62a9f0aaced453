/** The files that a source is: dbt-duckdb's `external_location`, with the source's facts put in. */
import { TechstoreError, type Place } from '../../errors.js';
import { evaluateExpression, fromHost, runSync, toText } from '../../jinja/index.js';

/** What a location may name, by dbt-duckdb's keys: `name`, `identifier`, `schema`, …, and the source's meta. */
export type LocationFacts = Readonly<Record<string, unknown>>;

/** Python's ways to write them: `{name}`, `%(name)s`, `$name`. */
const formatters: Readonly<Record<string, string | null>> = {
  newstyle: 'location.format(**facts)',
  oldstyle: 'location % facts',
  template: null,
};

/**
 * As SQL reads them: a call (`read_csv('…')`) as it is, a path in quotes.
 *
 * @throws TechstoreError `project` for a formatter that dbt-duckdb does not have, and for a fact that is not there
 */
export function externalLocation(facts: LocationFacts, place: Place): string | undefined {
  const { external_location: location, formatter = 'newstyle' } = facts;
  if (location === undefined || location === null) return undefined;
  if (typeof location !== 'string') {
    throw new TechstoreError('project', "'external_location' must be text", { place });
  }
  const name = String(formatter);
  if (!Object.hasOwn(formatters, name)) {
    throw new TechstoreError('project', `The formatter '${name}' is unknown`, {
      place,
      hint: "Use one of: 'newstyle' ({name}), 'oldstyle' (%(name)s), 'template' ($name).",
    });
  }
  const expression = formatters[name] ?? null;
  const text =
    expression === null ? substituted(location, facts, place) : formatted(expression, facts, place);
  return text.includes('(') || text.startsWith("'") ? text : `'${text}'`;
}

function formatted(expression: string, facts: LocationFacts, place: Place): string {
  const names = new Map([
    ['location', fromHost(facts['external_location'])],
    ['facts', fromHost(facts)],
  ]);
  const at = { file: place.file, firstLine: place.line ?? 1 };
  try {
    return toText(runSync(evaluateExpression(expression, (name) => names.get(name), at)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TechstoreError('project', `The external_location cannot be written out: ${why}`, {
      place,
      hint: 'It may name name, identifier, schema, database and keys of meta. Write {{ and }} for braces.',
      cause,
    });
  }
}

/** As Python's `string.Template`. */
function substituted(location: string, facts: LocationFacts, place: Place): string {
  return location.replace(
    /\$(?:\$|([a-z_][a-z0-9_]*)|\{([a-z_][a-z0-9_]*)\})/gi,
    (_whole, bare: string | undefined, braced: string | undefined) => {
      const key = bare ?? braced;
      if (key === undefined) return '$';
      if (Object.hasOwn(facts, key)) return toText(fromHost(facts[key]));
      throw new TechstoreError(
        'project',
        `The external_location names '${key}', which is not there`,
        {
          place,
          hint: 'It may name name, identifier, schema, database and keys of meta. Write $$ for a dollar sign.',
        },
      );
    },
  );
}
