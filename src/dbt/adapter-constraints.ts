/** Constraints as the SQL of a table's definition, from the maps that a template holds. */
import { TechstoreError } from '../errors.js';
import { Dict, isTrue, toText, type Value } from '../jinja/index.js';
import type { Quote } from './quote.js';

function field(map: Value, name: string): Value {
  return (map instanceof Dict ? map.get(name) : undefined) ?? null;
}

function text(map: Value, name: string): string {
  const value = field(map, name);
  return value === null ? '' : toText(value);
}

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

const words: Readonly<Record<string, string>> = {
  not_null: 'not null',
  unique: 'unique',
  primary_key: 'primary key',
};

function references(constraint: Value): string | null {
  const columns = listOf(field(constraint, 'to_columns')).map(toText).join(', ');
  if (text(constraint, 'to') !== '' && columns !== '') {
    return `references ${text(constraint, 'to')} (${columns})`;
  }
  const expression = text(constraint, 'expression');
  return expression === '' ? null : `references ${expression}`;
}

function unknown(type: string): TechstoreError {
  return new TechstoreError('compilation', `'${type}' is not a constraint type`, {
    hint: 'Use one of: check, not_null, unique, primary_key, foreign_key, custom.',
  });
}

function ofColumn(constraint: Value): string | null {
  const type = text(constraint, 'type');
  const expression = text(constraint, 'expression');
  const word = Object.hasOwn(words, type) ? words[type] : undefined;
  if (word !== undefined) return `${word} ${expression}`.trim();
  if (type === 'check') return expression === '' ? null : `check (${expression})`;
  if (type === 'foreign_key') return references(constraint);
  if (type === 'custom') return expression === '' ? null : expression;
  throw unknown(type);
}

/** `a int not null`, one for each column. */
export function columnConstraints(columns: Value, quote: Quote): string[] {
  const all = columns instanceof Dict ? [...columns.values()] : [];
  return all.map((column) => {
    const name = text(column, 'name');
    const constraints = listOf(field(column, 'constraints')).map(ofColumn);
    return [
      isTrue(field(column, 'quote')) ? quote(name) : name,
      text(column, 'data_type'),
      ...constraints.filter((made) => made !== null),
    ].join(' ');
  });
}

/** `primary key (a, b)`, one for each constraint that has something to say. */
export function modelConstraints(constraints: Value): string[] {
  return listOf(constraints).flatMap((constraint) => {
    const type = text(constraint, 'type');
    const name = text(constraint, 'name');
    const expression = text(constraint, 'expression');
    const columns = listOf(field(constraint, 'columns')).map(toText).join(', ');
    const prefix = name === '' ? '' : `constraint ${name} `;
    switch (type) {
      case 'check':
        return expression === '' ? [] : [`${prefix}check (${expression})`];
      case 'unique':
      case 'primary_key':
        return [
          `${prefix}${words[type] ?? ''}${expression === '' ? '' : ` ${expression}`} (${columns})`,
        ];
      case 'foreign_key': {
        const to = references(constraint);
        return to === null ? [] : [`${prefix}foreign key (${columns}) ${to}`];
      }
      case 'custom':
        return expression === '' ? [] : [prefix + expression];
      default:
        throw unknown(type);
    }
  });
}
