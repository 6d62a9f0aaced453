/** Turns the names of ref and source calls into ids, and refuses what may not be read. */
import { TechstoreError, type Place } from '../../errors.js';
import type {
  GraphNode,
  ModelNode,
  RefCall,
  SeedNode,
  SourceCall,
  SourceNode,
} from '../../manifest/nodes.js';
import { NodeNames } from '../node-names.js';
import { unknownRef, unknownSource } from '../compile.js';
import { resourceWords } from './twins.js';
import type { Workshop } from './workshop.js';

type Reader = Extract<GraphNode, { readonly refs: RefCall[] }>;

/** What a call leads to. */
type Target =
  | { readonly kind: 'found'; readonly node: ModelNode | SeedNode | SourceNode }
  | { readonly kind: 'disabled'; readonly name: string }
  | { readonly kind: 'missing'; readonly name: string; readonly error: TechstoreError };

class Names {
  readonly #names: NodeNames;
  readonly #disabled = new Set<string>();

  constructor({ nodes, disabled, root }: Workshop) {
    this.#names = new NodeNames(nodes.values(), root.name);
    for (const node of disabled) {
      if (node.resourceType === 'model' || node.resourceType === 'seed') {
        this.#disabled.add(`ref ${node.name}`);
      } else if (node.resourceType === 'source') {
        this.#disabled.add(`source ${node.sourceName}.${node.name}`);
      }
    }
  }

  ref(call: RefCall, from: string): Target {
    const { name } = call;
    const node = this.#names.ref(call, from);
    if (node !== undefined) return { kind: 'found', node };
    if (this.#disabled.has(`ref ${name}`)) return { kind: 'disabled', name };
    return { kind: 'missing', name, error: unknownRef(name, this.#names.refs()) };
  }

  source({ source, table }: SourceCall, from: string): Target {
    const name = `${source}.${table}`;
    const node = this.#names.source({ source, table }, from);
    if (node !== undefined) return { kind: 'found', node };
    if (this.#disabled.has(`source ${name}`)) return { kind: 'disabled', name };
    return {
      kind: 'missing',
      name: table,
      error: unknownSource(source, table, this.#names.sources()),
    };
  }
}

/**
 * Fills `dependsOn` of every node. As in dbt, a test that reads what is disabled is disabled with
 * it, and one that reads what is not there is told and does not run.
 *
 * @throws TechstoreError `compilation` at the call of any other node that reads what is disabled or
 * not there, and where a node reads a private model of another group
 */
export function resolveReferences(workshop: Workshop): void {
  const names = new Names(workshop);
  for (const node of [...workshop.nodes.values()]) {
    if (!('refs' in node)) continue;
    const targets = [
      ...node.refs.map((call) => names.ref(call, node.packageName)),
      ...node.sources.map((call) => names.source(call, node.packageName)),
    ];
    if (node.resourceType === 'test' && !runs(node, targets, workshop)) {
      workshop.nodes.delete(node.uniqueId);
      workshop.disabled.push(node);
      continue;
    }
    const ids = targets.map((target) => idOf(target, node, workshop));
    node.dependsOn.nodes.push(...new Set(ids));
  }
}

function runs(test: Reader, targets: readonly Target[], workshop: Workshop): boolean {
  for (const target of targets) {
    if (target.kind === 'found') continue;
    if (target.kind === 'missing') {
      workshop.warnings.push({
        message: `The test ${test.name} does not run: ${target.error.message.replace(/^T/, 't')}`,
        place: placeOfCall(test, target.name),
        hint: target.error.hint,
      });
    }
    return false;
  }
  return true;
}

function idOf(target: Target, from: Reader, workshop: Workshop): string {
  switch (target.kind) {
    case 'missing':
      throw located(target.error, placeOfCall(from, target.name));
    case 'disabled':
      throw new TechstoreError(
        'compilation',
        `${from.name} reads '${target.name}', which is disabled`,
        { place: placeOfCall(from, target.name) },
      );
    case 'found': {
      const { node } = target;
      if (node.resourceType === 'model') {
        checkAccess(node, from, workshop);
        tellDeprecation(node, from, workshop);
      }
      return node.uniqueId;
    }
  }
}

/** dbt warns of a date in the future too. */
function tellDeprecation(model: ModelNode, from: Reader, workshop: Workshop): void {
  const { deprecationDate } = model;
  if (from.resourceType !== 'model' || !deprecationDate) return;
  workshop.warnings.push({
    message: `${from.name} reads ${model.name}, which has the deprecation date ${deprecationDate}`,
    place: placeOfCall(from, model.name),
  });
}

/** A private model is for its own group, and a test written under it belongs to that group too. */
function checkAccess(model: ModelNode, from: Reader, workshop: Workshop): void {
  const isForeign =
    model.packageName !== from.packageName &&
    workshop.projects.get(model.packageName)?.restrictAccess === true;
  if (isForeign && model.access !== 'public') {
    throw new TechstoreError(
      'compilation',
      `The ${resourceWords[from.resourceType]} ${from.name} reads ${model.name}, which is ${model.access} to the package ${model.packageName}`,
      {
        place: placeOfCall(from, model.name),
        hint: `The package restricts access (restrict-access): read one of its public models instead.`,
      },
    );
  }
  if (model.access !== 'private') return;
  const { group } = model.config;
  if (group !== null && group === groupOf(from, workshop)) return;
  const whose = group === null ? 'and in no group' : `to the group '${group}'`;
  throw new TechstoreError(
    'compilation',
    `The ${resourceWords[from.resourceType]} ${from.name} reads ${model.name}, which is private ${whose}`,
    {
      place: placeOfCall(from, model.name),
      hint:
        group === null
          ? `Put ${model.name} and its readers into one group, or set its access to protected.`
          : `Put ${from.name} into the group '${group}', or set the access of ${model.name} to protected.`,
    },
  );
}

function groupOf(node: Reader, workshop: Workshop): string | null {
  if (node.resourceType === 'exposure') return null;
  const attached =
    node.resourceType === 'test' && node.attachedNode !== null
      ? workshop.nodes.get(node.attachedNode)
      : undefined;
  return attached?.resourceType === 'model' ? attached.config.group : node.config.group;
}

/** The line of the file on which the name stands in a call. */
function placeOfCall(node: Reader, name: string): Place {
  if (!('rawCode' in node)) return node.place;
  const lines = node.rawCode.split('\n');
  const index = lines.findIndex((line) => /\b(ref|source)\s*\(/.test(line) && line.includes(name));
  return index === -1
    ? node.place
    : { file: node.originalFilePath, line: index + node.rawCodeLine };
}

function located(error: TechstoreError, place: Place): TechstoreError {
  return new TechstoreError(error.code, error.message, {
    place,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}
