/** What a selection says, before it is applied to a graph. */
import { TechstoreError } from '../errors.js';
import { didYouMean } from '../ground/did-you-mean.js';

/** Which tests come along with the nodes that they test: dbt's `--indirect-selection`. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** `2+tag:nightly+1` and its like. */
export interface Criterion {
  readonly kind: 'criterion';
  /** As written, for messages. */
  readonly raw: string;
  readonly method: string;
  /** `['materialized']` of `config.materialized:`. */
  readonly methodArguments: readonly string[];
  /** Text from the command line; any scalar from YAML. */
  readonly value: unknown;
  /** `@`: the children, and all that these need. */
  readonly childrensParents: boolean;
  readonly parents: boolean;
  readonly parentsDepth: number | undefined;
  readonly children: boolean;
  readonly childrenDepth: number | undefined;
  readonly indirectSelection: IndirectSelection;
}

export interface Combination {
  readonly kind: 'union' | 'intersection' | 'difference';
  readonly components: readonly SelectionSpec[];
  readonly indirectSelection: IndirectSelection;
  /** Set where a combination that matches nothing is worth a warning: what the user wrote. */
  readonly expected?: string;
}

export type SelectionSpec = Criterion | Combination;

/** Methods by name; those of the semantic layer match nothing, since there is none. */
export const methodNames = [
  'fqn',
  'tag',
  'group',
  'access',
  'source',
  'path',
  'file',
  'package',
  'config',
  'test_name',
  'test_type',
  'resource_type',
  'state',
  'exposure',
  'metric',
  'result',
  'source_status',
  'version',
  'semantic_model',
  'saved_query',
  'unit_test',
] as const;

export type MethodName = (typeof methodNames)[number];

/** @throws TechstoreError 'selection' listing the methods, on a name that is none. */
export function checkMethod(method: string, raw: string): void {
  if ((methodNames as readonly string[]).includes(method)) return;
  const near = method === 'selector' ? 'Use --selector.' : didYouMean(method, methodNames);
  throw new TechstoreError('selection', `'${method}' in '${raw}' is not a selection method`, {
    hint: `${near === undefined ? '' : `${near} `}Methods: ${methodNames.join(', ')}.`,
  });
}

/** The method of a value without one, as dbt guesses it. */
export function defaultMethod(value: string): MethodName {
  if (/[/\\]/.test(value)) return 'path';
  return /\.(?:sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

const pattern =
  /^(?<at>@)?(?<parents>(?<parentsDepth>\d*)\+)?(?:(?<method>[\w.]+):)?(?<value>.*?)(?<children>\+(?<childrenDepth>\d*))?$/su;

const depthOf = (text: string | undefined) =>
  text === undefined || text === '' ? undefined : Number(text);

/**
 * Reads one criterion of the command line.
 * @throws TechstoreError 'selection' on an unknown method, or `@` together with a `+` behind.
 */
export function parseCriterion(raw: string, indirectSelection: IndirectSelection): Criterion {
  const groups = pattern.exec(raw)?.groups ?? {};
  const value = groups['value'] ?? '';
  const [method, ...methodArguments] = (groups['method'] ?? defaultMethod(value)).split('.');
  checkMethod(method ?? '', raw);
  const childrensParents = groups['at'] !== undefined;
  const children = groups['children'] !== undefined;
  if (childrensParents && children) {
    throw new TechstoreError('selection', `'${raw}' has both @ before it and + after it`, {
      hint: '@ already selects the children. Remove the +.',
    });
  }
  return {
    kind: 'criterion',
    raw,
    method: method ?? '',
    methodArguments,
    value,
    childrensParents,
    parents: groups['parents'] !== undefined,
    parentsDepth: depthOf(groups['parentsDepth']),
    children,
    childrenDepth: depthOf(groups['childrenDepth']),
    indirectSelection,
  };
}

function union(
  texts: readonly string[],
  indirectSelection: IndirectSelection,
  expectMatches: boolean,
): Combination {
  const components = texts
    .flatMap((text) => text.split(/\s+/))
    .filter((text) => text !== '')
    .map((text) => ({
      kind: 'intersection' as const,
      components: text.split(',').map((part) => parseCriterion(part, indirectSelection)),
      indirectSelection,
      ...(expectMatches ? { expected: text } : {}),
    }));
  return { kind: 'union', components, indirectSelection };
}

const everything = ['fqn:*', 'source:*', 'exposure:*'];

/**
 * `--select` and `--exclude`: a space is a union, a comma an intersection.
 * Nothing selected means everything, as in dbt.
 */
export function specOfArguments(
  select: readonly string[],
  exclude: readonly string[],
  indirectSelection: IndirectSelection,
): SelectionSpec {
  const included =
    select.length === 0
      ? union(everything, indirectSelection, false)
      : union(select, indirectSelection, true);
  return {
    kind: 'difference',
    components: [included, union(exclude, indirectSelection, true)],
    // dbt combines the two without looking at tests again.
    indirectSelection: 'eager',
  };
}
