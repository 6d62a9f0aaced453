/** What dbt keeps of a unit test's rows, and the hash by which it knows that the test changed. */
import type { UnitTestNode, UnitTestRows } from '../../manifest/nodes.js';
import { parseSmallCsv } from '../../sources/small-csv.js';
import { pythonRepr } from '../test-names.js';
import { sha256 } from './workshop.js';

type Records = readonly Record<string, unknown>[];

/**
 * Rows of CSV as records, and the first row without a null in front, where dbt puts it. Null for
 * SQL, and for what is no CSV: running the test says so, with the line.
 */
export function recordsOf({ format, rows }: UnitTestRows): Records | null {
  if (format === 'sql' || rows === null) return null;
  const records = typeof rows === 'string' ? readCsv(rows) : [...rows];
  if (records === null) return null;
  const whole = records.findIndex((row) => Object.values(row).every((value) => value !== null));
  const [first, promoted] = [records[0], records[whole]];
  if (first !== undefined && promoted !== undefined) {
    records[0] = promoted;
    records[whole] = first;
  }
  return records;
}

function readCsv(text: string): Record<string, unknown>[] | null {
  try {
    return parseSmallCsv(text);
  } catch {
    return null;
  }
}

/** Everything but the description, as Python prints dbt's own objects. */
export function unitTestChecksum({
  model,
  given,
  expect,
  overrides,
}: Pick<UnitTestNode, 'model' | 'given' | 'expect' | 'overrides'>): string {
  const inputs = given.map(
    (one) => `UnitTestInputFixture(input=${pythonRepr(one.input)}, ${printed(one)})`,
  );
  const parts = [
    model,
    'None',
    `[${inputs.join(', ')}]`,
    `UnitTestOutputFixture(${printed(expect)})`,
    printedOverrides(overrides),
    ...given.filter(({ fixture }) => fixture !== null).map((one) => pythonText(rowsOf(one))),
  ];
  return sha256(parts.join('-'));
}

const formats = { dict: 'Dict', csv: 'CSV', sql: 'SQL' } as const;

function printed(rows: UnitTestRows): string {
  const { format, fixture } = rows;
  return [
    `rows=${pythonRepr(rowsOf(rows))}`,
    `format=<UnitTestFormat.${formats[format]}: '${format}'>`,
    `fixture=${pythonRepr(fixture)}`,
  ].join(', ');
}

function rowsOf(rows: UnitTestRows): unknown {
  return rows.records ?? rows.rows;
}

function pythonText(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

function printedOverrides({ macros, vars, envVars }: UnitTestNode['overrides']): string {
  if ([macros, vars, envVars].every((part) => Object.keys(part).length === 0)) return 'None';
  return `UnitTestOverrides(macros=${pythonRepr(macros)}, vars=${pythonRepr(vars)}, env_vars=${pythonRepr(envVars)})`;
}
