/** Contracts without columns: refused when the project is read, with the YAML that is missing. */
import { TechstoreError } from '../errors.js';
import { edgesOf, inOrder } from '../graph/index.js';
import { typeInTable } from '../ground/type-in-table.js';
import type { TypedColumn } from '../lineage/index.js';
import type { Manifest, ModelNode } from '../manifest/nodes.js';
import type { LoadedProject } from './loaded-project.js';

/** What is thrown at once; `complete` finds out what else there is to say, for which a database is opened. */
export class EmptyContractError extends TechstoreError {
  readonly complete: () => Promise<TechstoreError>;

  constructor(
    models: readonly ModelNode[],
    complete: () => Promise<TechstoreError>,
    yaml?: string,
  ) {
    const [first] = models;
    const names = models.map(({ name }) => name).join(', ');
    const which =
      models.length === 1
        ? `The contract of ${names} describes no columns`
        : `The contracts of these models describe no columns: ${names}`;
    super('contract', which, {
      place: { file: first?.patchPath ?? first?.originalFilePath ?? '' },
      hint: `An enforced contract needs every column with its data_type.${yaml === undefined ? '' : ` Put this into the YAML of ${models.length === 1 ? 'the model' : 'the models'}:\n${yaml}`}`,
    });
    this.complete = complete;
  }
}

/** @throws EmptyContractError for models with a relation */
export function refuseEmptyContracts(project: LoadedProject): void {
  const models = [...project.manifest.nodes.values()].filter(
    (node): node is ModelNode =>
      node.resourceType === 'model' &&
      node.config.contract.enforced &&
      node.config.materialized !== 'ephemeral' &&
      Object.keys(node.columns).length === 0,
  );
  if (models.length === 0) return;
  const complete = async (): Promise<TechstoreError> => {
    const columns = await columnsOf(models, project).catch(() => new Map<string, never>());
    return new EmptyContractError(models, complete, yamlOf(models, columns));
  };
  throw new EmptyContractError(models, complete);
}

/** Columns that the models would give, as far as they can be bound without data. */
async function columnsOf(
  models: readonly ModelNode[],
  { manifest, compiler, profile, project }: LoadedProject,
): Promise<Map<string, readonly TypedColumn[]>> {
  const { emptyTwinOf } = await import('./empty-twin.js');
  const { bindPlan } = await import('../plan/bind-plan.js');
  const { OwnTexts } = await import('../plan/own-text.js');
  const { hooksOf } = await import('../run/hooks-of.js');
  const emptyTwin = emptyTwinOf(profile);
  const found = new Map<string, readonly TypedColumn[]>();
  if (emptyTwin === null) return found;
  const wanted = ancestorsOf(models, manifest);
  const order = inOrder(manifest, edgesOf(manifest, { gates: false }));
  const run = order.filter((node) => wanted.has(node.uniqueId) && node.resourceType !== 'source');
  const texts = new OwnTexts(compiler, manifest);
  for (const node of run) await texts.of(node);
  const bound = await bindPlan(
    {
      ...{ manifest, run, ownTexts: texts.known, carry: new Map() },
      order: order.map(({ uniqueId }) => uniqueId),
      load: order.filter((node) => node.resourceType === 'source'),
    },
    {
      emptyTwin,
      describe: () => Promise.resolve(null),
      hooks: hooksOf(manifest, project.onRunStart),
    },
  );
  for (const { uniqueId } of models) {
    const one = bound.get(uniqueId);
    if (one !== undefined && 'columns' in one && one.columns !== undefined)
      found.set(uniqueId, one.columns);
  }
  return found;
}

function ancestorsOf(models: readonly ModelNode[], { nodes }: Manifest): Set<string> {
  const found = new Set<string>();
  const open = models.map(({ uniqueId }) => uniqueId);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(nodes.get(id)?.dependsOn.nodes ?? []));
  }
  return found;
}

function yamlOf(
  models: readonly ModelNode[],
  columns: ReadonlyMap<string, readonly TypedColumn[]>,
): string {
  const lines = models.flatMap(({ uniqueId, name }) => [
    `  - name: ${plainOrQuoted(name)}`,
    '    columns:',
    // Where the query can't be bound, names and types are for the user to fill in.
    ...(columns.get(uniqueId) ?? [{ name: 'name_of_a_column', type: 'its_type' }]).flatMap(
      (column) => [
        `      - name: ${plainOrQuoted(column.name)}`,
        `        data_type: ${plainOrQuoted(spelled(column.type))}`,
      ],
    ),
  ]);
  return ['models:', ...lines].join('\n');
}

function spelled(type: string): string {
  const known = typeInTable(type);
  // A type with names or texts in it keeps its case.
  return /^[A-Z_ ]+(?:\(\d+(?:,\d+)?\))?(?:\[\])*$/.test(known) ? known.toLowerCase() : known;
}

function plainOrQuoted(text: string): string {
  return /^[A-Za-z_][\w ()]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
