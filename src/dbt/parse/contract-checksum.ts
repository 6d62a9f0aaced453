/** What dbt remembers of an enforced contract: a hash of its columns and constraints as Python prints them. */
import type { Column, ColumnConstraint } from '../../manifest/nodes.js';
import { pythonRepr } from '../test-names.js';
import { sha256 } from './workshop.js';

interface Contract {
  readonly materialized: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly constraints: readonly ColumnConstraint[];
}

export function contractChecksum({ materialized, columns, constraints }: Contract): string {
  const sorted = Object.values(columns).sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.map(
    ({ name, dataType, constraints: own }) =>
      `|${name}${dataType ?? 'None'}${printed('ColumnLevelConstraint', own)}`,
  );
  if (materialized === 'table' || materialized === 'incremental') {
    parts.push(materialized, printed('ModelLevelConstraint', constraints));
  }
  return sha256(parts.join(''));
}

function printed(className: string, constraints: readonly ColumnConstraint[]): string {
  const all = constraints.map((one) => {
    const fields = [
      `type=<ConstraintType.${one.type}: '${one.type}'>`,
      `name=${pythonRepr(one.name ?? null)}`,
      `expression=${pythonRepr(one.expression ?? null)}`,
      `warn_unenforced=${pythonRepr(one.warnUnenforced)}`,
      `warn_unsupported=${pythonRepr(one.warnUnsupported)}`,
      'to=None',
      'to_columns=[]',
      ...(className === 'ModelLevelConstraint'
        ? [`columns=${pythonRepr([...(one.columns ?? [])])}`]
        : []),
    ];
    return `${className}(${fields.join(', ')})`;
  });
  return `[${all.join(', ')}]`;
}
