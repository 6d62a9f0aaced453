/** What a FROM clause offers. */
import {
  closed,
  deduplicated,
  emptyFrom,
  Relation,
  renamed,
  unknownColumns,
  type Columns,
  type From,
  type Merged,
} from './columns.js';
import { valueOfExpression, type ExpressionPlace } from './expression.js';
import { pivotColumns } from './pivot.js';
import { candidatesFor, columnOf, type Scope } from './scope.js';
import { list, lowerCase, nodeOf, isSyntax, text, texts, type Syntax } from './syntax-tree.js';
import { mixed, type Value } from './value.js';

/** What is needed around a FROM clause. */
export interface Surroundings extends Omit<ExpressionPlace, 'scope'> {
  /** The columns of a CTE or a table by its name; `isTable` for one that is no CTE. */
  table(reference: Syntax): { columns: Columns; isTable: boolean };
}

/** @param scope what a subquery in it can read of the queries around it and of tables before it */
export function fromOf(part: unknown, scope: Scope | null, around: Surroundings): From {
  if (!isSyntax(part)) return emptyFrom;
  const alias = text(part['alias']) === '' ? null : text(part['alias']);
  const names = texts(part['column_name_alias']);
  const one = (columns: Columns, name = alias, isTable = false): From => ({
    ...emptyFrom,
    relations: [new Relation(name, deduplicated(renamed(columns, names)), isTable)],
  });
  switch (part['type']) {
    case 'EMPTY':
      return emptyFrom;
    case 'BASE_TABLE': {
      const { columns, isTable } = around.table(part);
      return one(columns, alias ?? text(part['table_name']), isTable);
    }
    case 'SUBQUERY': {
      const query = nodeOf(part['subquery']);
      return one(query === undefined ? unknownColumns : around.columnsOf(query, scope));
    }
    case 'EXPRESSION_LIST':
      return one(valuesColumns(part, { ...around, scope: scopeOf(scope) }), null);
    case 'TABLE_FUNCTION':
      return one(
        functionColumns(part, { ...around, scope: scopeOf(scope) }),
        alias ?? functionName(part),
      );
    case 'JOIN':
      return join(part, scope, around);
    case 'PIVOT': {
      const source = fromOf(part['source'], scope, around);
      const place = { ...around, scope: { ...scopeOf(scope), from: source } };
      return one(pivotColumns(part, place));
    }
    default:
      return one(unknownColumns);
  }
}

function scopeOf(scope: Scope | null): Scope {
  return { from: emptyFrom, aliases: new Map(), parent: scope };
}

function functionName(part: Syntax): string {
  const { function_name: name } = isSyntax(part['function']) ? part['function'] : {};
  return text(name).toLowerCase();
}

/** `values (1, 2), (3, 4)`: each column is made of what stands at its place in each row. */
function valuesColumns(part: Syntax, place: ExpressionPlace): Columns {
  const rows = (Array.isArray(part['values']) ? (part['values'] as unknown[]) : []).map(list);
  const columns: Value[][] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      (columns[i] ??= []).push(valueOfExpression(cell, place));
    });
  }
  return closed(columns.map((values, i) => ({ name: `col${i}`, value: mixed(values) })));
}

/** Table functions of one column, which is called as they are. */
const ofOneColumn = new Set(['unnest', 'range', 'generate_series']);

function functionColumns(part: Syntax, place: ExpressionPlace): Columns {
  const call = part['function'];
  const name = functionName(part);
  if (!isSyntax(call) || !ofOneColumn.has(name)) return unknownColumns;
  const [...args] = list(call['children']);
  const value = mixed(
    args.map((argument) => valueOfExpression(argument, place)),
    'transformed',
  );
  if (name === 'unnest' && args.length !== 1) return { columns: [], open: true, others: value };
  const column = { name, value };
  if (part['with_ordinality'] === 'WITH_ORDINALITY') {
    return closed([column, { name: 'ordinality', value: mixed([]) }]);
  }
  return closed([column]);
}

function join(part: Syntax, scope: Scope | null, around: Surroundings): From {
  const left = fromOf(part['left'], scope, around);
  // The right side can read the left one.
  const lateral: Scope = { from: left, aliases: new Map(), parent: scope };
  const right = fromOf(part['right'], lateral, around);
  const type = text(part['join_type']);
  if (type === 'SEMI' || type === 'ANTI') return left;
  const natural = part['ref_type'] === 'NATURAL';
  const shared = natural ? commonNames(left, right) : texts(part['using_columns']).map(lowerCase);
  const relations = [...left.relations, ...right.relations];
  const unsure = left.unsure || right.unsure || shared === null;
  let merged: Merged[] = [...left.merged, ...right.merged];
  for (const name of shared ?? []) {
    const sides = [left, right].map((side) => sideOf(name, side));
    const [l, r] = sides;
    if (l === undefined || r === undefined) return { relations, merged, unsure: true };
    merged = merged.filter((set) => !sides.some((side) => side?.set === set));
    const full = type === 'FULL' || type === 'OUTER';
    const fromRight = sides.some((side) => side?.set?.fromRight === true);
    merged.push({
      name,
      value: full && fromRight ? null : mergedValue(type, l.value, r.value),
      fromRight: fromRight || type === 'RIGHT',
      of: new Set([...l.of, ...r.of]),
    });
  }
  return { relations, merged, unsure };
}

/** The rows of the side that keeps all of them decide. */
function mergedValue(type: string, left: Value, right: Value): Value {
  switch (type) {
    case 'INNER':
    case 'LEFT':
      return left;
    case 'RIGHT':
      return right;
    case 'OUTER':
    case 'FULL':
      return mixed([left, right], 'transformed');
    default:
      return null;
  }
}

interface Side {
  readonly value: Value;
  readonly of: readonly Relation[];
  readonly set?: Merged;
}

/** Undefined where it is not known which column of a side is meant. */
function sideOf(name: string, { relations, merged, unsure }: From): Side | undefined {
  const [only, ...more] = candidatesFor(name, relations, merged);
  if (unsure || only === undefined || only === 'ambiguous' || more.length > 0) return undefined;
  if ('of' in only) return { value: only.value, of: [...only.of], set: only };
  const of = relations.filter((relation) => relation.column(name) === only);
  return { value: only.value, of };
}

/** Names that both sides have, in the order of the left one; null where some are not known. */
function commonNames(left: From, right: From): readonly string[] | null {
  const known = [...left.relations, ...right.relations].every(
    ({ of }) => !of.open && of.columns.every(({ name }) => name !== null),
  );
  if (!known) return null;
  const names = left.relations.flatMap(({ of }) =>
    of.columns.map(({ name }) => lowerCase(name ?? '')),
  );
  return [...new Set(names)].filter((name) => columnOf(name, right) !== undefined);
}
