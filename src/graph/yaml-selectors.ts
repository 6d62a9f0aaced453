/** The selectors of selectors.yml, in any of the shapes that dbt has for them. */
import { TechstoreError, type Place } from '../errors.js';
import {
  checkMethod,
  parseCriterion,
  type Criterion,
  type IndirectSelection,
  type SelectionSpec,
} from './selection-spec.js';
import { didYouMean } from '../ground/did-you-mean.js';

type YamlMap = Readonly<Record<string, unknown>>;

const indirectSelections = ['eager', 'cautious', 'buildable', 'empty'] as const;

const criterionKeys = [
  'method',
  'value',
  'childrens_parents',
  'parents',
  'parents_depth',
  'children',
  'children_depth',
  'indirect_selection',
  'exclude',
];

function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An entry of the manifest's selectors, as far as it can be trusted. */
function entryOf(entry: unknown): { definition: unknown; isDefault: boolean; place?: Place } {
  if (!isMap(entry) || !Object.hasOwn(entry, 'definition')) {
    return { definition: entry, isDefault: false };
  }
  const isDefault = entry['default'] === true || entry['default'] === 'true';
  const place = entry['place'] as Place | undefined;
  return { definition: entry['definition'], isDefault, ...(place === undefined ? {} : { place }) };
}

class Reader {
  readonly #selectors: ReadonlyMap<string, unknown>;
  readonly #indirect: IndirectSelection;
  readonly #open: string[] = [];

  constructor(selectors: ReadonlyMap<string, unknown>, indirect: IndirectSelection) {
    this.#selectors = selectors;
    this.#indirect = indirect;
  }

  #fail(message: string, hint?: string): never {
    const name = this.#open[this.#open.length - 1] ?? '';
    const { place } = entryOf(this.#selectors.get(name));
    throw new TechstoreError('selection', `The selector '${name}': ${message}`, {
      ...(place === undefined ? {} : { place }),
      ...(hint === undefined ? {} : { hint }),
    });
  }

  named(name: string): SelectionSpec {
    const entry = this.#selectors.get(name);
    if (entry === undefined) {
      const names = [...this.#selectors.keys()];
      const message = `The selector '${name}' does not exist`;
      const hint = [
        didYouMean(name, names),
        names.length === 0
          ? 'Define selectors in selectors.yml, which is missing or empty.'
          : `Selectors: ${names.join(', ')}.`,
      ];
      if (this.#open.length > 0) this.#fail(`the selector '${name}' does not exist`, hint[0]);
      throw new TechstoreError('selection', message, {
        hint: hint.filter((part) => part !== undefined).join(' '),
      });
    }
    if (this.#open.includes(name)) {
      this.#fail(`it refers to itself: ${[...this.#open, name].join(' -> ')}`);
    }
    this.#open.push(name);
    const { definition } = entryOf(entry);
    if (
      isMap(definition) &&
      Object.keys(definition).length > 1 &&
      (Object.hasOwn(definition, 'union') || Object.hasOwn(definition, 'intersection'))
    ) {
      this.#fail(
        `'union' or 'intersection' must be the only key of a definition, not one of ${Object.keys(definition).join(', ')}`,
        "Make 'exclude' an entry of the list.",
      );
    }
    const spec = this.#definition(definition);
    this.#open.pop();
    return spec;
  }

  #definition(definition: unknown): SelectionSpec {
    if (typeof definition === 'string') return parseCriterion(definition, this.#indirect);
    if (!isMap(definition)) this.#fail('a definition must be text or a map of keys');
    if (Object.hasOwn(definition, 'union')) return this.#combination('union', definition);
    if (Object.hasOwn(definition, 'intersection')) {
      return this.#combination('intersection', definition);
    }
    return this.#criterion(definition);
  }

  #list(definition: YamlMap, key: string): readonly unknown[] {
    const list = definition[key];
    if (!Array.isArray(list)) this.#fail(`'${key}' must be a list`);
    return list as unknown[];
  }

  #exclusion(definition: YamlMap): SelectionSpec | undefined {
    const parts = this.#list(definition, 'exclude').map((part) => this.#definition(part));
    if (parts.length < 2) return parts[0];
    return { kind: 'union', components: parts, indirectSelection: 'eager' };
  }

  #combination(kind: 'union' | 'intersection', definition: YamlMap): SelectionSpec {
    const components: SelectionSpec[] = [];
    let excluded: { spec: SelectionSpec | undefined } | undefined;
    for (const part of this.#list(definition, kind)) {
      if (isMap(part) && Object.hasOwn(part, 'exclude') && !Object.hasOwn(part, 'method')) {
        if (excluded !== undefined) this.#fail(`'${kind}' has more than one 'exclude'`);
        excluded = { spec: this.#exclusion(part) };
      } else components.push(this.#definition(part));
    }
    const included = { kind, components, indirectSelection: 'eager' as const };
    return excluded?.spec === undefined ? included : minus(included, excluded.spec);
  }

  #criterion(definition: YamlMap): SelectionSpec {
    const keys = Object.keys(definition);
    const only = keys[0];
    if (keys.length === 1 && only !== undefined && only !== 'method') {
      return this.#make(only, definition[only], {});
    }
    const { method, value } = definition;
    if (typeof method !== 'string' || value === undefined) {
      this.#fail(
        `a definition needs either one key (tag: nightly) or 'method' and 'value', not ${keys.join(', ') || 'nothing'}`,
      );
    }
    if (method === 'selector') {
      if (typeof value !== 'string') this.#fail("the value of 'selector' must be text");
      return this.named(value);
    }
    const wrong = keys.find((key) => !criterionKeys.includes(key));
    if (wrong !== undefined) {
      this.#fail(`the key '${wrong}' is unknown`, didYouMean(wrong, criterionKeys));
    }
    const base = this.#make(method, value, definition);
    const excluded = Object.hasOwn(definition, 'exclude') ? this.#exclusion(definition) : undefined;
    return excluded === undefined ? base : minus(base, excluded);
  }

  #make(full: string, value: unknown, definition: YamlMap): Criterion {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      this.#fail(`the value of '${full}' must be text`);
    }
    const [method, ...methodArguments] = full.split('.');
    const raw = `${full}:${value}`;
    checkMethod(method ?? '', raw);
    const indirect = definition['indirect_selection'] ?? this.#indirect;
    if (!(indirectSelections as readonly unknown[]).includes(indirect)) {
      this.#fail(`'indirect_selection' must be one of ${indirectSelections.join(', ')}`);
    }
    const childrensParents = Boolean(definition['childrens_parents']);
    const children = Boolean(definition['children']);
    if (children && childrensParents) {
      this.#fail("'children' and 'childrens_parents' cannot be used together");
    }
    return {
      kind: 'criterion',
      raw,
      method: method ?? '',
      methodArguments,
      value,
      childrensParents,
      parents: Boolean(definition['parents']),
      parentsDepth: this.#depth(definition, 'parents_depth'),
      children,
      childrenDepth: this.#depth(definition, 'children_depth'),
      indirectSelection: indirect as IndirectSelection,
    };
  }

  #depth(definition: YamlMap, key: string): number | undefined {
    const depth = definition[key];
    // dbt takes zero for no limit.
    if (depth === undefined || depth === null || depth === 0) return undefined;
    const number = Number(depth);
    if (!Number.isInteger(number) || number < 0) this.#fail(`'${key}' must be a whole number`);
    return number;
  }
}

function minus(base: SelectionSpec, excluded: SelectionSpec): SelectionSpec {
  return { kind: 'difference', components: [base, excluded], indirectSelection: 'eager' };
}

/**
 * The selection that a selector's name stands for.
 * @throws TechstoreError 'selection' on an unknown name or a faulty definition.
 */
export function specOfSelector(
  selectors: ReadonlyMap<string, unknown>,
  name: string,
  indirectSelection: IndirectSelection,
): SelectionSpec {
  return new Reader(selectors, indirectSelection).named(name);
}

/**
 * The name of the selector with `default: true`, which applies where neither
 * `--select`, `--exclude` nor `--selector` is given.
 * @throws TechstoreError 'selection' where two are the default.
 */
export function defaultSelector(selectors: ReadonlyMap<string, unknown>): string | undefined {
  const names = [...selectors].filter(([, entry]) => entryOf(entry).isDefault).map(([n]) => n);
  if (names.length < 2) return names[0];
  throw new TechstoreError(
    'selection',
    `More than one selector is the default: ${names.join(' and ')}`,
    {
      hint: "Keep 'default: true' on one of them only.",
    },
  );
}
