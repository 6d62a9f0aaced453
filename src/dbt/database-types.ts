/** The types inside a nested type of the database, as DuckDB and Spark write them. */

export interface InnerTypes {
  readonly kind: 'list' | 'map' | 'struct' | 'scalar';
  /** Of a list one, of a map that of its keys and that of its values, of a struct one a field. */
  readonly types: readonly string[];
}

const scalar: InnerTypes = { kind: 'scalar', types: [] };

/** Cut at the commas that stand outside of brackets and quotes. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if ('(<['.includes(char)) depth += 1;
    else if (')>]'.includes(char)) depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** `a INTEGER`, `"a b" INTEGER` or Spark's `a: INT` without the name. */
function typeOfField(field: string): string {
  return field.replace(/^(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`|[^\s:]+)\s*:?\s*/, '');
}

export function innerTypes(type: string): InnerTypes {
  const list = /^(.*)\[\d*\]$/s.exec(type.trim());
  if (list !== null) return { kind: 'list', types: [list[1] ?? ''] };
  const of = /^(\w+)\s*[(<](.*)[)>]$/s.exec(type.trim());
  const inside = of?.[2] ?? '';
  switch (of?.[1]?.toUpperCase()) {
    case 'ARRAY':
      return { kind: 'list', types: [inside] };
    case 'MAP':
      return { kind: 'map', types: split(inside) };
    case 'STRUCT':
    case 'UNION':
      return { kind: 'struct', types: split(inside).map(typeOfField) };
    default:
      return scalar;
  }
}
