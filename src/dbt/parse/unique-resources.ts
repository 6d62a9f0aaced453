/**
 * No two resources of one name, and no two that write one relation: the later one would
 * replace the earlier one without a word.
 */
import { formatPlace, TechstoreError } from '../../errors.js';
import type { ModelNode, SeedNode, TestNode } from '../../manifest/nodes.js';
import { resourceWords, twins } from './twins.js';
import { sha256, type Workshop } from './workshop.js';

type Written = ModelNode | SeedNode | TestNode;

function shown(node: Written): string {
  return `the ${resourceWords[node.resourceType]} ${node.name} (${formatPlace(node.place)})`;
}

/** Databases and catalogs find their relations without regard to case. */
function relationKey(node: Written): string {
  return [node.database, node.schema, node.alias].join('\0').toLowerCase();
}

/**
 * Refuses what dbt refuses: two enabled resources that `ref()` can't tell apart, and two that are
 * one relation once generate_*_name have had their say. Tests count where they store their failures.
 * Tables that this program alone keeps, of the failing rows of other tests, get a name of their own.
 *
 * @throws TechstoreError `project` naming both resources and their files
 */
export function checkUniqueResources(workshop: Workshop): void {
  const byName = new Map<string, Written>();
  const byRelation = new Map<string, Written>();
  const claim = (node: Written): void => {
    const key = relationKey(node);
    const first = byRelation.get(key);
    if (first !== undefined) throw ambiguous(first, node);
    byRelation.set(key, node);
  };
  const others: TestNode[] = [];
  for (const node of workshop.nodes.values()) {
    if (node.resourceType === 'model' || node.resourceType === 'seed') {
      const name = `${node.packageName}.${node.name}`;
      const first = byName.get(name);
      if (first !== undefined) throw twins('resources', first, node);
      byName.set(name, node);
      claim(node);
    } else if (node.resourceType === 'test') {
      if (node.config.storeFailures ?? workshop.session.storeFailures) claim(node);
      else others.push(node);
    }
  }
  for (const node of others) {
    const key = relationKey(node);
    if (byRelation.has(key)) {
      const { uniqueId } = node;
      workshop.nodes.set(uniqueId, {
        ...node,
        alias: `${node.alias}_${sha256(uniqueId).slice(0, 10)}`,
      });
    } else byRelation.set(key, node);
  }
}

function ambiguous(first: Written, second: Written): TechstoreError {
  const relation = [second.database, second.schema, second.alias].join('.');
  return new TechstoreError(
    'project',
    `Two resources use the same relation ${relation}: ${shown(first)} and ${shown(second)}`,
    { place: second.place, hint: 'Change the alias, schema or name of one of them.' },
  );
}
