/** The columns of a SELECT list. */
import { unknownColumns, type QueryColumn, type Columns } from './columns.js';
import { partsOf, valueOfExpression, type ExpressionPlace } from './expression.js';
import { generators, listFunctions } from './functions.js';
import type { Scope } from './scope.js';
import { likePattern, matching, structValue } from './star.js';
import {
  constantText,
  isSyntax,
  list,
  lowerCase,
  text,
  texts,
  type Syntax,
} from './syntax-tree.js';
import { mixed, type Value } from './value.js';

/** Puts the aliases that it meets into the scope. */
export function selectColumns(select: Syntax, place: ExpressionPlace): Columns {
  const columns: QueryColumn[] = [];
  let open = false;
  const others: Value[] = [];
  for (const item of list(select['select_list'])) {
    const found = itemColumns(item, place);
    for (const column of found.columns) columns.push(column);
    if (found.open) {
      open = true;
      others.push(found.others);
    }
    const [only, ...more] = found.columns;
    const alias = lowerCase(text(item['alias']));
    if (alias !== '') {
      const known = only !== undefined && more.length === 0 && !found.open;
      place.scope.aliases.set(alias, known ? only.value : null);
    }
    if (item['class'] === 'STAR') addRenames(item, found, place.scope);
  }
  return { columns, open, others: others.length === 1 ? (others[0] ?? null) : null };
}

/** A name that RENAME gives can be read like an alias. */
function addRenames(star: Syntax, found: Columns, { aliases }: Scope): void {
  for (const rename of list(star['rename_list'])) {
    const name = lowerCase(text(rename['value']));
    const of = found.columns.filter((column) => lowerCase(column.name ?? '') === name);
    aliases.set(name, of.length === 1 ? (of[0]?.value ?? null) : null);
  }
}

function itemColumns(item: Syntax, place: ExpressionPlace): Columns {
  const alias = text(item['alias']) === '' ? null : text(item['alias']);
  if (item['class'] === 'STAR' && item['columns'] !== true) {
    const columns = place.starColumns(item, place.scope);
    if (columns !== null) return columns;
    const struct = structValue(item, place.scope.from);
    return struct === undefined
      ? unknownColumns
      : { columns: [], open: true, others: mixed([struct], 'transformed') };
  }
  const like = likeColumns(item, place);
  if (like !== undefined) return like;
  const stars = starsIn(item);
  const [star] = stars;
  if (star !== undefined) return expanded(item, star, stars, alias, place);
  const column = {
    name: alias ?? nameOf(item, place.scope),
    value: valueOfExpression(item, place),
  };
  if (!mayBeSeveral(item, place.scope)) {
    const type = typeOf(item, place.scope);
    return {
      columns: [type === undefined ? column : { ...column, type }],
      open: false,
      others: null,
    };
  }
  // The fields of a struct are made of it; what a generator makes is not known part by part.
  const isGenerator = generators.has(text(item['function_name']).toLowerCase());
  return { columns: [], open: true, others: isGenerator ? null : column.value };
}

/** `* like 'a%'` chooses columns. */
function likeColumns(item: Syntax, place: ExpressionPlace): Columns | undefined {
  const [star, pattern, ...more] = list(item['children']);
  if (item['class'] !== 'FUNCTION' || star?.['class'] !== 'STAR' || star['columns'] === true) {
    return undefined;
  }
  const all = place.starColumns(star, place.scope);
  const wanted = constantText(pattern);
  if (all === null || wanted === undefined || more.length > 0) return unknownColumns;
  if (all.columns.some(({ name }) => name === null)) return unknownColumns;
  const columns = matching(all.columns, likePattern(text(item['function_name']), wanted));
  return columns === null ? unknownColumns : { ...all, columns };
}

/** The COLUMNS in an expression; those that are unpacked stay where they are. */
function starsIn(expression: Syntax): Syntax[] {
  if (expression['class'] === 'STAR') return expression['columns'] === true ? [expression] : [];
  if (expression['type'] === 'OPERATOR_UNPACK' || expression['class'] === 'SUBQUERY') return [];
  return partsOf(expression).flatMap(starsIn);
}

/** One expression over several columns: once for each of them. */
function expanded(
  item: Syntax,
  star: Syntax,
  stars: readonly Syntax[],
  alias: string | null,
  place: ExpressionPlace,
): Columns {
  const columns = place.starColumns(star, place.scope);
  const same = stars.every((other) => withoutPlace(other) === withoutPlace(star));
  if (columns === null || !same || mayBeSeveral(item, place.scope)) return unknownColumns;
  // `\1` in an alias is a part of the column's name.
  const name = alias?.includes('\\') === true ? null : alias;
  return {
    columns: columns.columns.map((column) => ({
      name: alias === null ? column.name : name,
      value: valueOfExpression(item, { ...place, star: column }),
    })),
    open: columns.open,
    others: null,
  };
}

function withoutPlace(value: unknown): string {
  return JSON.stringify(value, (key, child: unknown) =>
    key === 'query_location' || key === 'alias' ? undefined : child,
  );
}

/** A column without an alias has its own name; other expressions get one from the database. */
function nameOf(item: Syntax, { from }: Scope): string | null {
  if (item['class'] !== 'COLUMN_REF') return null;
  const names = texts(item['column_names']);
  const last = names.at(-1) ?? null;
  if (last === null || names.length > 2) return last;
  // The table's way to write it counts.
  const table = names.length === 2 ? lowerCase(names[0] ?? '') : null;
  for (const relation of from.relations) {
    if (table !== null && relation.name !== table) continue;
    const column = relation.column(lowerCase(last));
    if (column !== undefined && column !== 'ambiguous') return column.name;
  }
  return last;
}

function typeOf(item: Syntax, { from }: Scope): string | undefined {
  if (item['class'] !== 'COLUMN_REF') return undefined;
  const names = texts(item['column_names']).map(lowerCase);
  const [first, second] = names;
  const wanted = from.relations.filter(({ name }) => second === undefined || name === first);
  const found = wanted
    .map((relation) => relation.column(second ?? first ?? ''))
    .filter((column) => column !== undefined);
  const [only, ...more] = found;
  const sure = only !== undefined && only !== 'ambiguous' && more.length === 0 && names.length < 3;
  return sure ? only.type : undefined;
}

/** To unnest a struct, or a list of them, makes a column of each field. */
function mayBeSeveral(item: Syntax, scope: Scope): boolean {
  if (item['class'] !== 'FUNCTION') return false;
  const name = text(item['function_name']).toLowerCase();
  if (generators.has(name)) return true;
  if (name !== 'unnest' && name !== 'unlist') return false;
  const [argument, ...more] = list(item['children']);
  if (!isSyntax(argument) || more.length > 0) return true;
  const isList =
    /\[\d*\]$|^array</i.test(typeOf(argument, scope) ?? '') ||
    listFunctions.has(text(argument['function_name']).toLowerCase());
  return !isList;
}
