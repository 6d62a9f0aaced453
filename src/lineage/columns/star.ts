/** The columns that `*`, `t.*` and `COLUMNS(…)` stand for. */
import type { QueryColumn, Columns, From, Merged, Relation } from './columns.js';
import { columnOf } from './scope.js';
import {
  constantText,
  entries,
  isSyntax,
  list,
  lowerCase,
  text,
  texts,
  type Syntax,
} from './syntax-tree.js';
import type { Value } from './value.js';

export interface StarOptions {
  /** Databricks puts the columns of USING before all others. */
  readonly mergedFirst: boolean;
  /** The value of an expression of `replace`. */
  valueOf(expression: Syntax): Value;
}

interface StarColumn extends QueryColumn {
  readonly relation: Relation | Merged;
}

/** Null where it is not known which columns they are. */
export function starColumns(star: Syntax, from: From, options: StarOptions): Columns | null {
  const wanted = wantedRelations(star, from);
  if (wanted === null) return null;
  const columns = chosenColumns(star, listed(star, wanted, from.merged, options), options);
  const open = wanted.some(({ of }) => of.open);
  return columns === null ? null : { columns, open, others: null };
}

function chosenColumns(
  star: Syntax,
  all: readonly StarColumn[],
  options: StarOptions,
): readonly QueryColumn[] | null {
  // Names that the database makes up can be those that are left out, renamed or chosen.
  const plain = ['exclude_list', 'qualified_exclude_list', 'replace_list', 'rename_list'].every(
    (key) => !Array.isArray(star[key]) || star[key].length === 0,
  );
  const chosen = isSyntax(star['expr']);
  if (plain && !chosen) return all;
  if (all.some(({ name }) => name === null)) return null;
  const changed = edited(all, star, options);
  return changed === null || !chosen ? changed : chosenBy(star['expr'], changed);
}

/** All tables of FROM, or the one that is named; null where that is not known. */
function wantedRelations(star: Syntax, { relations, unsure }: From): readonly Relation[] | null {
  if (unsure) return null;
  const name = lowerCase(text(star['relation_name']));
  const wanted = name === '' ? relations : relations.filter((relation) => relation.name === name);
  // `s.*` may be the fields of a struct.
  return wanted.length === 0 || (name !== '' && wanted.length > 1) ? null : wanted;
}

/** The columns of tables in their order. */
function listed(
  star: Syntax,
  wanted: readonly Relation[],
  merged: readonly Merged[],
  options: StarOptions,
): readonly StarColumn[] {
  const name = text(star['relation_name']);
  const found: StarColumn[] = [];
  const shown = new Set<Merged>();
  const show = (set: Merged): void => {
    if (!shown.has(set)) found.push({ ...set, relation: set });
    shown.add(set);
  };
  if (name === '' && options.mergedFirst) merged.forEach(show);
  for (const relation of wanted) {
    for (const column of relation.of.columns) {
      const set =
        name === '' && merged.length > 0 && column.name !== null
          ? setOf(lowerCase(column.name), relation, merged)
          : undefined;
      if (set === undefined) found.push({ ...column, relation });
      else show(set);
    }
  }
  return found;
}

function setOf(name: string, relation: Relation, merged: readonly Merged[]): Merged | undefined {
  return merged.find((set) => set.name === name && set.of.has(relation));
}

/** EXCLUDE, REPLACE and RENAME. */
function edited(
  all: readonly StarColumn[],
  star: Syntax,
  options: StarOptions,
): readonly QueryColumn[] | null {
  const excluded = new Set(texts(star['exclude_list']).map(lowerCase));
  const excludedOf = list(star['qualified_exclude_list']).map(qualified);
  const replaced = new Map(
    entries(star['replace_list']).map(({ key, value }) => [lowerCase(text(key)), value]),
  );
  const renames = (Array.isArray(star['rename_list']) ? star['rename_list'] : []).map(
    (item: unknown) => {
      const { key, value } = item as { key?: unknown; value?: unknown };
      return { of: qualified(key), name: text(value) };
    },
  );
  const found: QueryColumn[] = [];
  const once = new Set<string>();
  for (const column of all) {
    const name = lowerCase(column.name ?? '');
    const is = (of: { table: string; column: string }): boolean =>
      of.column === name && (of.table === '' || of.table === column.relation.name);
    // Of a column of USING the other side's column may stay.
    const unsure = (of: { table: string; column: string }): boolean =>
      of.column === name && of.table !== '' && 'value' in column.relation;
    if (excludedOf.some(unsure) || renames.some(({ of }) => unsure(of))) return null;
    if (excluded.has(name) || excludedOf.some(is)) continue;
    const expression = replaced.get(name);
    if (expression !== undefined) {
      // The second column of the name is dropped.
      if (!once.has(name)) {
        found.push({ name: column.name, value: options.valueOf(expression) });
      }
      once.add(name);
      continue;
    }
    const rename = renames.find(({ of }) => is(of));
    found.push(rename === undefined ? column : { ...column, name: rename.name });
  }
  return found;
}

function qualified(value: unknown): { table: string; column: string } {
  const { table, column } = isSyntax(value) ? value : {};
  return { table: lowerCase(text(table)), column: lowerCase(text(column)) };
}

/** COLUMNS with a pattern, or with a list of names. */
function chosenBy(
  expression: unknown,
  columns: readonly QueryColumn[],
): readonly QueryColumn[] | null {
  const pattern = constantText(expression);
  if (pattern !== undefined) return matching(columns, regexOf(pattern));
  if (!isSyntax(expression) || expression['function_name'] !== 'list_value') return null;
  const names = list(expression['children']).map(constantText);
  if (names.includes(undefined)) return null;
  const wanted = new Set(names.map((name) => lowerCase(name ?? '')));
  return columns.filter(({ name }) => wanted.has(lowerCase(name ?? '')));
}

export function matching(
  columns: readonly QueryColumn[],
  pattern: RegExp | null,
): readonly QueryColumn[] | null {
  return pattern === null ? null : columns.filter(({ name }) => pattern.test(name ?? ''));
}

/** The same pattern here; null where it may mean something else here, or take long. */
function regexOf(pattern: string): RegExp | null {
  const nested = /\)[*+{]/;
  if (pattern.includes('[:') || pattern.length > 200 || nested.test(pattern)) return null;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return null;
  }
}

/** `* like 'a%'`. */
export function likePattern(functionName: string, pattern: string): RegExp | null {
  if (functionName !== '~~' && functionName !== '~~*') return null;
  if (pattern.includes('\\') || pattern.length > 200) return null;
  const source = pattern
    .split(/([%_])/)
    .map((part) => (part === '%' ? '.*' : part === '_' ? '.' : part.replace(/[^\w]/gu, '\\$&')));
  return regexOfLike(source.join(''), functionName === '~~*' ? 'isu' : 'su');
}

function regexOfLike(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(`^(?:${source})$`, flags);
  } catch {
    return null;
  }
}

/** Whether a column of FROM, and no table, has the name before `.*`: the fields of a struct. */
export function structValue(star: Syntax, from: From): Value | undefined {
  const name = lowerCase(text(star['relation_name']));
  if (name === '' || from.relations.some((relation) => relation.name === name)) return undefined;
  return columnOf(name, from);
}
