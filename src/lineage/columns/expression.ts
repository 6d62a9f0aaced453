/** What the value of an expression is made of. */
import type { QueryColumn, Columns } from './columns.js';
import { aggregates, lambdaFunctions } from './functions.js';
import { valueOf, type Scope } from './scope.js';
import { isSyntax, lowerCase, nodeOf, text, texts, type Syntax } from './syntax-tree.js';
import { mixed, Mixture, nothing, type Value } from './value.js';

/** Where an expression stands. */
export interface ExpressionPlace {
  readonly scope: Scope;
  /** The columns of a subquery that can read what is in scope here. */
  columnsOf(query: Syntax, scope: Scope | null): Columns;
  /** The columns that a star stands for; null where that is not known. */
  starColumns(star: Syntax, scope: Scope): Columns | null;
  /** The column that COLUMNS stands for at this turn. */
  readonly star?: QueryColumn;
  /** Within an aggregate of this SELECT. */
  readonly inAggregate?: boolean;
  /** Parameters of the lambdas around it, as they are written. */
  readonly parameters?: ReadonlySet<string>;
}

/** Kinds of expression that hold no more than others; all of those are looked at. */
const composed = new Set(
  'BETWEEN CASE CAST COLLATE COMPARISON CONJUNCTION FUNCTION OPERATOR WINDOW'.split(' '),
);

export function valueOfExpression(expression: Syntax, place: ExpressionPlace): Value {
  switch (expression['class']) {
    case 'CONSTANT':
      return nothing;
    case 'COLUMN_REF':
      return valueOfName(texts(expression['column_names']), place);
    case 'POSITIONAL_REFERENCE':
      return valueAt(Number(expression['index']), place);
    case 'STAR':
      // Anywhere but at its own place in the SELECT list, only COLUMNS has a meaning.
      return expression['columns'] === true ? (place.star?.value ?? null) : null;
    case 'SUBQUERY':
      return valueOfSubquery(expression, place);
    case 'LAMBDA':
      // `a -> '$.b'` reads a part of JSON. Lambdas are met as arguments of functions.
      return mixed(parts(expression, place), 'transformed');
    default:
      if (!composed.has(text(expression['class']))) return null;
      if (!isAggregate(expression)) return mixed(parts(expression, place), 'transformed');
      return mixed(parts(expression, { ...place, inAggregate: true }), 'aggregated');
  }
}

/** A window, which keeps its rows, is none. */
function isAggregate(expression: Syntax): boolean {
  const name = text(expression['function_name']).toLowerCase();
  return expression['class'] === 'FUNCTION' && aggregates.has(name);
}

/** The values of all expressions that stand in one. */
function* parts(expression: Syntax, place: ExpressionPlace): Generator<Value> {
  if (expression['type'] === 'OPERATOR_UNPACK') {
    yield unpacked(expression, place);
    return;
  }
  const name = text(expression['function_name']).toLowerCase();
  for (const part of partsOf(expression)) {
    const lambda = part['class'] === 'LAMBDA' && expression['class'] === 'FUNCTION';
    yield lambda ? valueOfArrow(part, name, place) : valueOfExpression(part, place);
  }
}

/** The nearest expressions below one, wherever they stand: arguments, filter, order, frame … */
export function partsOf(expression: Syntax): Syntax[] {
  const found: Syntax[] = [];
  const search = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value as unknown[]) search(item);
    else if (isSyntax(value)) {
      if (typeof value['class'] === 'string') found.push(value);
      else for (const child of Object.values(value)) search(child);
    }
  };
  for (const child of Object.values(expression)) search(child);
  return found;
}

function valueOfName(name: readonly string[], place: ExpressionPlace): Value {
  const [first = ''] = name;
  if (place.parameters?.has(first) === true) return nothing;
  // To DuckDB a parameter in another case is no parameter; whether it is to others is not known.
  if ([...(place.parameters ?? [])].some((other) => lowerCase(other) === lowerCase(first)))
    return null;
  return valueOf(name.map(lowerCase), place.scope, place.inAggregate);
}

/** `#2` is the second column of FROM, of which USING brings none together here. */
function valueAt(index: number, { scope: { from } }: ExpressionPlace): Value {
  if (from.unsure || from.relations.some(({ of }) => of.open)) return null;
  const columns = from.relations.flatMap(({ of }) => of.columns);
  return columns[index - 1]?.value ?? null;
}

/** `*columns('a.*')` as arguments: all of them at once. */
function unpacked(expression: Syntax, place: ExpressionPlace): Value {
  const [star, ...more] = partsOf(expression);
  if (star?.['class'] !== 'STAR' || more.length > 0) return null;
  const columns = place.starColumns(star, place.scope);
  if (columns === null || columns.open) return null;
  return mixed(columns.columns.map(({ value }) => value));
}

function valueOfSubquery(expression: Syntax, place: ExpressionPlace): Value {
  const query = nodeOf(expression['subquery']);
  // What a subquery sees of a lambda, or of the aliases beside an aggregate, is not known.
  const inLambda = (place.parameters?.size ?? 0) > 0;
  const inAggregate = place.inAggregate === true && place.scope.aliases.size > 0;
  if (query === undefined || inLambda || inAggregate) return null;
  switch (expression['subquery_type']) {
    case 'EXISTS':
    case 'NOT_EXISTS':
      return nothing;
    case 'SCALAR':
    case 'ANY': {
      const { columns, open } = place.columnsOf(query, place.scope);
      if (open) return null;
      const result = new Mixture();
      const compares = isSyntax(expression['child']);
      for (const { value } of columns) result.add(value, compares ? 'transformed' : 'direct');
      if (isSyntax(expression['child'])) {
        result.add(valueOfExpression(expression['child'], place), 'transformed');
      }
      return result.value;
    }
    default:
      return null;
  }
}

/** `x -> …` among the arguments of a function: a lambda, or a part of JSON. */
function valueOfArrow(arrow: Syntax, functionName: string, place: ExpressionPlace): Value {
  const { lhs, expr } = arrow;
  if (!isSyntax(lhs) || !isSyntax(expr)) return null;
  if (!lambdaFunctions.has(functionName)) {
    // What is no name can be no parameter, and what is constant needs none.
    if (expr['class'] !== 'CONSTANT') return null;
    return mixed(parts(arrow, place), 'transformed');
  }
  const names = lhs['class'] === 'COLUMN_REF' ? [lhs] : partsOf(lhs);
  const parameters = new Set(place.parameters);
  for (const name of names) {
    const [parameter, ...more] = texts(name['column_names']);
    if (parameter === undefined || more.length > 0) return null;
    parameters.add(parameter);
  }
  return valueOfExpression(expr, { ...place, parameters });
}
