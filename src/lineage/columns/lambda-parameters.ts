/**
 * Parameters of lambdas and variables of list comprehensions, which the parser takes
 * for columns: `list_transform(tags, id -> id + 1)` would read a column `id`.
 */

/** Beginning of the names that parameters get; no project has a column of that name. */
const prefix = '__techstore_parameter_';

export function isParameter(name: string): boolean {
  return name.startsWith(prefix);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Renames every parameter, by the places that the syntax tree gives.
 *
 * @param ast as the parser gives it
 * @param sql the text that it was parsed from
 */
export function withNamedParameters(sql: string, ast: unknown): string {
  const spans: Span[] = [];
  visit(ast, new Set(), spans);
  if (spans.length === 0) return sql;
  // Places count characters (code points), not the units of JavaScript's texts.
  const characters = [...sql];
  const once = new Map(spans.map((span) => [span.start, span]));
  for (const { start, end } of [...once.values()].sort((a, b) => b.start - a.start)) {
    characters.splice(start, end - start, `${prefix}${start}`);
  }
  return characters.join('');
}

function visit(value: unknown, names: ReadonlySet<string>, spans: Span[]): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, names, spans);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const node = value as Record<string, unknown>;
  for (const [key, child] of Object.entries(node)) {
    if (key === 'lambda') {
      const { parameters, body } = child as { parameters: unknown; body: unknown };
      const inner = new Set([...names, ...identifiers(parameters, spans)]);
      visit(body, inner, spans);
    } else if (key === 'comprehension') {
      const { expression, iterator, ...inside } = child as Record<string, unknown>;
      const variable = (expression as { column?: { name?: unknown } } | undefined)?.column?.name;
      const inner = new Set([...names, ...identifiers([variable], spans)]);
      visit(inside, inner, spans);
      visit(iterator, names, spans);
    } else if (key === 'column') {
      const { name, table } = child as { name?: unknown; table?: unknown };
      // `x.field` of a parameter x looks like a column of a table x.
      const first = identifierOf(table) ?? identifierOf(name);
      if (first !== undefined && names.has(first.name)) spans.push(first.span);
    } else visit(child, names, spans);
  }
}

function identifiers(list: unknown, spans: Span[]): string[] {
  const found = Array.isArray(list) ? list.map(identifierOf) : [];
  return found.flatMap((identifier) => {
    if (identifier === undefined) return [];
    spans.push(identifier.span);
    return [identifier.name];
  });
}

function identifierOf(value: unknown): { name: string; span: Span } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, span } = value as { name?: unknown; span?: Span };
  return typeof name === 'string' && span !== undefined
    ? { name: name.toLowerCase(), span }
    : undefined;
}
