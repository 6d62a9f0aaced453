/** The columns of PIVOT and UNPIVOT. */
import { closed, unknownColumns, type QueryColumn, type Columns } from './columns.js';
import { partsOf, valueOfExpression, type ExpressionPlace } from './expression.js';
import { isSyntax, list, lowerCase, text, texts, type Syntax } from './syntax-tree.js';
import { mixed, nothing, type Value } from './value.js';

/** @param place whose scope holds what is turned */
export function pivotColumns(pivot: Syntax, place: ExpressionPlace): Columns {
  const star = place.starColumns({}, place.scope);
  if (star === null || star.open) return unknownColumns;
  const all = star.columns;
  if (all.some(({ name }) => name === null)) return unknownColumns;
  const found =
    list(pivot['aggregates']).length > 0
      ? pivoted(pivot, all, place)
      : unpivoted(pivot, all, place);
  return found === null ? unknownColumns : closed(found);
}

/** For each value a column, made of what is brought together there and of what chooses its rows. */
function pivoted(
  pivot: Syntax,
  all: readonly QueryColumn[],
  place: ExpressionPlace,
): QueryColumn[] | null {
  const aggregates = list(pivot['aggregates']);
  const turns = list(pivot['pivots']);
  const by = turns.flatMap((turn) => list(turn['pivot_expressions']));
  const used = new Set([...aggregates, ...by].flatMap(namesIn));
  const groups = new Set(texts(pivot['groups']).map(lowerCase));
  const kept = all.filter(({ name }) => {
    const lower = lowerCase(name ?? '');
    return groups.size > 0 ? groups.has(lower) : !used.has(lower);
  });
  const chosen = mixed(
    by.map((expression) => valueOfExpression(expression, place)),
    'aggregated',
  );
  let names: string[] | null = [''];
  for (const turn of turns) {
    const entries: string[] | null = entryNames(turn);
    names =
      names === null || entries === null
        ? null
        : names.flatMap((name) =>
            entries.map((entry) => (name === '' ? entry : `${name}_${entry}`)),
          );
  }
  if (names === null) return null;
  const made = names.flatMap((name) =>
    aggregates.map((aggregate): QueryColumn => {
      const alias = text(aggregate['alias']);
      const value = mixed([valueOfExpression(aggregate, place), chosen], 'aggregated');
      if (alias !== '') return { name: `${name}_${alias}`, value };
      return { name: aggregates.length === 1 ? name : null, value };
    }),
  );
  return [...kept, ...made];
}

/** What the values of one `for … in (…)` are called; null where that is not known. */
function entryNames(turn: Syntax): string[] | null {
  const names: string[] = [];
  for (const entry of list(turn['entries'])) {
    const values = list(entry['values']);
    if (values.length === 0) return null;
    const alias = text(entry['alias']);
    names.push(alias === '' ? values.map(({ value }) => String(value)).join('_') : alias);
  }
  return names.length === 0 ? null : names;
}

function unpivoted(
  pivot: Syntax,
  all: readonly QueryColumn[],
  place: ExpressionPlace,
): QueryColumn[] | null {
  const values = texts(pivot['unpivot_names']);
  const [turn, ...more] = list(pivot['pivots']);
  if (turn === undefined || more.length > 0 || values.length === 0) return null;
  const names = texts(turn['unpivot_names']);
  const turned: (readonly QueryColumn[])[] = [];
  for (const entry of list(turn['entries'])) {
    const columns = columnsOfEntry(entry, values.length, all, place);
    if (columns === null) return null;
    turned.push(...columns);
  }
  const gone = new Set(turned.flat());
  const kept = all.filter((column) => !gone.has(column));
  const made = values.map((name, i): QueryColumn => {
    const parts = turned.map((columns): Value => columns[i]?.value ?? null);
    return { name, value: mixed(parts) };
  });
  return [...kept, ...names.map((name) => ({ name, value: nothing })), ...made];
}

/** The groups of columns that an entry of UNPIVOT names. */
function columnsOfEntry(
  entry: Syntax,
  size: number,
  all: readonly QueryColumn[],
  place: ExpressionPlace,
): (readonly QueryColumn[])[] | null {
  const star = entry['star_expr'];
  if (isSyntax(star)) {
    const columns = star['class'] === 'STAR' ? place.starColumns(star, place.scope) : null;
    const same = columns?.columns.map(({ name }) => all.find((column) => column.name === name));
    if (size !== 1 || same === undefined || same.includes(undefined)) return null;
    return same.map((column) => (column === undefined ? [] : [column]));
  }
  const columns: QueryColumn[] = [];
  for (const { value } of list(entry['values'])) {
    const found = all.filter(({ name }) => lowerCase(name ?? '') === lowerCase(text(value)));
    const [only, ...more] = found;
    if (only === undefined || more.length > 0) return null;
    columns.push(only);
  }
  return columns.length === size ? [columns] : null;
}

/** The names of the columns that an expression reads. */
function namesIn(expression: Syntax): string[] {
  if (expression['class'] === 'COLUMN_REF') {
    return texts(expression['column_names']).slice(-1).map(lowerCase);
  }
  return partsOf(expression).flatMap(namesIn);
}
