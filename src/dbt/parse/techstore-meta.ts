/**
 * `meta: {techstore: …}`: what a project tells this program, where dbt looks for nothing.
 * Faults are refused, and what has no effect is told once, where it is written.
 */
import { formatPlace, TechstoreError, type Place } from '../../errors.js';
import type { Manifest } from '../../manifest/nodes.js';
import { allRejectedRows } from '../../manifest/rejected-rows.js';
import type { ConfigKind } from '../../project/index.js';
import { didYouMean } from '../../ground/did-you-mean.js';
import type { Warning } from './warning.js';

const keys = ['rejected_rows'];
const columns = ['table', 'reason'] as const;
const example = 'Write it as rejected_rows: {table: source_table, reason: reason}.';

type Holder = ConfigKind | 'column' | 'macro';

export class TechstoreMeta {
  readonly #warnings = new Map<string, Warning>();
  /** Where `rejected_rows` stands, and whether a model is below. */
  readonly #rejectedRows = new Map<string, { readonly place: Place; effective: boolean }>();

  /** @throws TechstoreError `project` for a value of another shape than it must have */
  add(meta: unknown, holder: Holder, place: Place): void {
    const own = isMap(meta) && Object.hasOwn(meta, 'techstore') ? meta['techstore'] : undefined;
    if (own === undefined || own === null) return;
    const settings = mapOf(own, 'meta.techstore', place);
    this.#tellUnknown(settings, keys, 'meta.techstore', place);
    const rejected = settings['rejected_rows'];
    if (rejected === undefined || rejected === null) return;
    const name = 'meta.techstore.rejected_rows';
    const at = formatPlace(place);
    const use = this.#rejectedRows.get(at) ?? { place, effective: false };
    use.effective ||= holder === 'model';
    this.#rejectedRows.set(at, use);
    if (holder !== 'model') return;
    const value = mapOf(rejected, name, place);
    this.#tellUnknown(value, columns, name, place);
    for (const key of columns) {
      const text = value[key];
      if (typeof text === 'string' && text.trim() !== '') continue;
      const fault =
        text === undefined ? `${name}: '${key}' is missing` : `${name}.${key} must be a text`;
      throw new TechstoreError('project', fault, { place, hint: example });
    }
  }

  warnings(): Warning[] {
    const idle = [...this.#rejectedRows.values()].filter(({ effective }) => !effective);
    return [
      ...this.#warnings.values(),
      ...idle.map(({ place }) => ({
        message: 'meta.techstore.rejected_rows has no effect here',
        place,
        hint: 'Set it for the model that holds the rows that were set aside.',
      })),
    ];
  }

  #tellUnknown(
    value: Readonly<Record<string, unknown>>,
    known: readonly string[],
    name: string,
    place: Place,
  ): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      this.#tell({
        message: `${name}: the key '${key}' is not known and is ignored`,
        place,
        hint: didYouMean(key, known) ?? `Known are: ${known.join(', ')}.`,
      });
    }
  }

  #tell(warning: Warning & { readonly place: Place }): void {
    this.#warnings.set(`${warning.message}\0${formatPlace(warning.place)}`, warning);
  }
}

/** @throws TechstoreError `project` for a second table of such rows, and for one that is none */
export function checkRejectedRows(project: Pick<Manifest, 'nodes'>): void {
  const [first, second] = allRejectedRows(project).map(({ model }) => model);
  if (first === undefined) return;
  if (second !== undefined) {
    throw new TechstoreError(
      'project',
      `Two models hold the rows that were set aside, as meta.techstore.rejected_rows says: ${first.name} and ${second.name}`,
      {
        place: { file: second.patchPath ?? second.originalFilePath },
        hint: 'Take it out of one of them.',
      },
    );
  }
  if (first.config.materialized !== 'ephemeral') return;
  throw new TechstoreError(
    'project',
    `meta.techstore.rejected_rows of ${first.name} can't be counted: an ephemeral model has no relation`,
    {
      place: { file: first.patchPath ?? first.originalFilePath },
      hint: 'Make it a table or a view.',
    },
  );
}

function mapOf(value: unknown, name: string, place: Place): Record<string, unknown> {
  if (isMap(value)) return value;
  throw new TechstoreError(
    'project',
    `${name} must be a map of keys, not ${JSON.stringify(value) ?? 'that'}`,
    { place, hint: example },
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
