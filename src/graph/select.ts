/** dbt's node selection. */
import { TechstoreError } from '../errors.js';
import type { Manifest } from '../manifest/nodes.js';
import type { Graph } from './graph.js';
import { withTests, withWaitingTests, type Picked } from './indirect-selection.js';
import type { MethodContext, SourceStatusComparison, StateComparison } from './method-context.js';
import { methods } from './methods.js';
import {
  specOfArguments,
  type Combination,
  type Criterion,
  type IndirectSelection,
  type MethodName,
  type SelectionSpec,
} from './selection-spec.js';
import { unmatched, type Unmatched } from './unmatched.js';
import { defaultSelector, specOfSelector } from './yaml-selectors.js';

export interface SelectionOptions {
  /** `--select`, each of which may hold several criteria. Default everything. */
  readonly select?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** `--selector`: a name of selectors.yml. */
  readonly selector?: string | undefined;
  /** Types that the command runs or the user named; default all. */
  readonly resourceTypes?: readonly string[] | undefined;
  readonly excludeResourceTypes?: readonly string[] | undefined;
  /** Default `eager`. */
  readonly indirectSelection?: IndirectSelection | undefined;
  readonly state?: StateComparison | undefined;
  /** run_results.json of an earlier run, parsed. */
  readonly results?: unknown;
  readonly sourceStatus?: SourceStatusComparison | undefined;
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Criteria that pick nothing, to warn of. */
  readonly unmatched: readonly Unmatched[];
}

function combine(kind: Combination['kind'], sets: readonly ReadonlySet<string>[]): Set<string> {
  const [first, ...others] = sets;
  const result = new Set(first);
  for (const set of others) {
    if (kind === 'union') for (const id of set) result.add(id);
    else {
      for (const id of result) if (set.has(id) === (kind === 'difference')) result.delete(id);
    }
  }
  return result;
}

function criteriaOf(spec: SelectionSpec): Criterion[] {
  return spec.kind === 'criterion' ? [spec] : spec.components.flatMap(criteriaOf);
}

class Selector {
  readonly unmatched: Unmatched[] = [];
  readonly #graph: Graph;
  readonly #context: MethodContext;

  constructor(graph: Graph, context: MethodContext) {
    this.#graph = graph;
    this.#context = context;
  }

  pick(spec: SelectionSpec): Picked {
    return spec.kind === 'criterion' ? this.#criterion(spec) : this.#combination(spec);
  }

  #criterion(spec: Criterion): Picked {
    const { manifest } = this.#context;
    const method = methods[spec.method as MethodName];
    const matches = method(String(spec.value), spec.methodArguments, this.#context);
    const picked = new Set<string>();
    for (const [id, node] of manifest.nodes) if (matches(node)) picked.add(id);
    const selected = new Set(picked);
    const add = (ids: Iterable<string>) => {
      for (const id of ids) selected.add(id);
    };
    if (spec.childrensParents) {
      const below = new Set([...picked, ...this.#graph.descendants(picked)]);
      add(below);
      add(this.#graph.ancestors(below));
    }
    if (spec.parents) add(this.#graph.ancestors(picked, spec.parentsDepth));
    if (spec.children) add(this.#graph.descendants(picked, spec.childrenDepth));
    return withTests(this.#graph, manifest, selected, spec.indirectSelection);
  }

  #combination(spec: Combination): Picked {
    const parts = spec.components.map((part) => this.pick(part));
    const { manifest } = this.#context;
    const waiting = combine(
      spec.kind,
      parts.map((part) => new Set([...part.direct, ...part.waiting])),
    );
    const direct = withWaitingTests(
      this.#graph,
      manifest,
      combine(
        spec.kind,
        parts.map((part) => part.direct),
      ),
      waiting,
      spec.indirectSelection,
    );
    if (spec.expected !== undefined && direct.size === 0) {
      this.unmatched.push(unmatched(manifest, spec.expected, criteriaOf(spec)));
    }
    return { direct, waiting };
  }
}

function specOf(manifest: Manifest, options: SelectionOptions): SelectionSpec {
  const { select = [], exclude = [], selector } = options;
  const mode = options.indirectSelection ?? 'eager';
  const named = selector ?? undefined;
  if (named !== undefined) {
    if (select.length > 0 || exclude.length > 0) {
      throw new TechstoreError('usage', '--selector cannot be used with --select or --exclude', {
        hint: 'Put the criteria into the selector, or remove --selector.',
      });
    }
    return specOfSelector(manifest.selectors, named, mode);
  }
  if (select.length === 0 && exclude.length === 0) {
    const fallback = defaultSelector(manifest.selectors);
    if (fallback !== undefined) return specOfSelector(manifest.selectors, fallback, mode);
  }
  return specOfArguments(select, exclude, mode);
}

/**
 * The nodes that a selection picks, as dbt picks them.
 * @throws TechstoreError 'selection' on a faulty selection; 'usage' where
 * `selector` stands beside `select` or `exclude`.
 */
export function select(
  graph: Graph,
  manifest: Manifest,
  options: SelectionOptions = {},
): Selection {
  const selector = new Selector(graph, {
    manifest,
    state: options.state,
    results: options.results,
    sourceStatus: options.sourceStatus,
  });
  const { direct } = selector.pick(specOf(manifest, options));
  const types = options.resourceTypes && new Set(options.resourceTypes);
  const excluded = new Set(options.excludeResourceTypes ?? []);
  const ids = [...direct].filter((id) => {
    const type = manifest.nodes.get(id)?.resourceType ?? '';
    return (types === undefined || types.has(type)) && !excluded.has(type);
  });
  return { ids: new Set(ids), unmatched: selector.unmatched };
}
