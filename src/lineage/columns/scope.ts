/** Which column a name means: the rules of DuckDB, and of Databricks where they are the same. */
import { mixed, nothing, type Value } from './value.js';
import type { QueryColumn, From, Merged, Relation } from './columns.js';

/** One SELECT and, by `parent`, those around it. */
export interface Scope {
  readonly from: From;
  /** Aliases of the SELECT list so far, in lower case: an expression may read those before it. */
  readonly aliases: Map<string, Value>;
  readonly parent: Scope | null;
}

const noAliases = new Map<string, Value>();

/** Names that are functions where no column has them. */
const functions = new Set(
  `current_catalog current_database current_date current_role current_schema current_time
  current_timestamp current_user localtime localtimestamp session_user user`.split(/\s+/),
);

/**
 * The value of a column by its name, as it is written, part by part and in lower case.
 *
 * A column of FROM comes first, then a whole row by its table's name, then an alias of the
 * same SELECT list, then the same in the query around it.
 *
 * @param inAggregate true for an argument of an aggregate
 */
export function valueOf(parts: readonly string[], place: Scope, inAggregate = false): Value {
  // An aggregate does not see the aliases beside it.
  const scope = inAggregate ? { ...place, aliases: noAliases } : place;
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const found = inScope(parts, level);
    if (found !== undefined) return found;
    // The innermost query decides whether such a name is a function.
    if (level === scope && parts.length === 1 && functions.has(parts[0] ?? '')) return nothing;
  }
  return null;
}

/** Undefined where a name means nothing in a scope; null where it is not known what it means. */
function inScope(parts: readonly string[], scope: Scope): Value | undefined {
  if (scope.from.unsure) return null;
  const [first = '', second] = parts;
  if (second === undefined) return columnOrRow(first, scope);
  const named = scope.from.relations.filter(({ name }) => name === first);
  if (named.length > 1) return null;
  const [relation] = named;
  if (relation !== undefined) {
    const column = relation.column(second);
    if (column === 'ambiguous') return null;
    if (column !== undefined) return parts.length === 2 ? column.value : field(column.value);
    if (relation.of.open && second !== 'rowid') return openValue([relation]);
    if (relation.mayHave(second)) return null;
  }
  // `schema.table.column`: tables have no schema in the SQL that is read here, so this is not expected.
  if (scope.from.relations.some(({ name }) => name === second)) return null;
  // A field of a struct.
  const column = columnOf(first, scope.from);
  if (column !== undefined) return field(column);
  if (scope.from.relations.some((r) => r !== relation && r.mayHave(first))) return null;
  // DuckDB has no fields of an alias, Databricks has.
  return scope.aliases.has(first) || relation !== undefined ? null : undefined;
}

function columnOrRow(name: string, scope: Scope): Value | undefined {
  const { relations } = scope.from;
  const column = columnOf(name, scope.from);
  if (column !== undefined) return column;
  const maybe = relations.filter((relation) => relation.mayHave(name));
  const rows = relations.filter((relation) => relation.name === name);
  const alias = scope.aliases.get(name);
  if (maybe.length > 0) {
    const elsewhere = rows.length > 0 || alias !== undefined || isKnown(name, scope.parent);
    return elsewhere || name === 'rowid' ? null : openValue(maybe);
  }
  if (rows.length > 0) return rows.length === 1 ? wholeRow(rows) : null;
  // DuckDB passes over an alias that reads the query around it, where that has the name too.
  return alias !== undefined && isKnown(name, scope.parent) ? null : alias;
}

/** The column of a name without a table before it; null where several have it. */
export function columnOf(name: string, { relations, merged }: From): Value | undefined {
  const candidates = candidatesFor(name, relations, merged);
  if (candidates.length === 0) return undefined;
  const [only, ...more] = candidates;
  return only === undefined || only === 'ambiguous' || more.length > 0 ? null : only.value;
}

/** Columns of a name; one that a join brought together hides all others. */
export function candidatesFor(
  name: string,
  relations: readonly Relation[],
  merged: readonly Merged[],
): (QueryColumn | Merged | 'ambiguous')[] {
  const sets = merged.filter((set) => set.name === name);
  if (sets.length > 0) return sets;
  return relations
    .map((relation) => relation.column(name))
    .filter((column) => column !== undefined);
}

function isKnown(name: string, scope: Scope | null): boolean {
  return scope !== null && (inScope([name], scope) !== undefined || isKnown(name, scope.parent));
}

/** Of a column that is one of those that are not known. */
function openValue(relations: readonly Relation[]): Value {
  const [only, ...more] = relations;
  return only === undefined || more.length > 0 || !only.of.open ? null : only.of.others;
}

function field(value: Value): Value {
  return mixed([value], 'transformed');
}

function wholeRow([relation]: readonly Relation[]): Value {
  if (relation === undefined || relation.of.open) return null;
  return mixed(
    relation.of.columns.map(({ value }) => value),
    'transformed',
  );
}
