/** What the names in `ref` and `source` lead to, for the calls of each package. */
import type {
  GraphNode,
  ModelNode,
  RefCall,
  SeedNode,
  SourceCall,
  SourceNode,
} from '../manifest/nodes.js';

type Refable = ModelNode | SeedNode;

/**
 * dbt's order for a name without a package: the root project, then the package of the node that reads it, then any.
 */
export class NodeNames {
  readonly #root: string;
  readonly #refs = new ByPackage<Refable>();
  readonly #sources = new ByPackage<SourceNode>();

  /** @param root name of the root project */
  constructor(nodes: Iterable<GraphNode>, root: string) {
    this.#root = root;
    for (const node of nodes) {
      if (node.resourceType === 'model' || node.resourceType === 'seed') {
        this.#refs.add(node.name, node);
      } else if (node.resourceType === 'source') {
        this.#sources.add(`${node.sourceName}.${node.name}`, node);
      }
    }
  }

  /** @param from the package of the node that reads it; default the root project */
  ref({ package: packageName, name }: RefCall, from = this.#root): Refable | undefined {
    return packageName === null
      ? this.#refs.find(name, [this.#root, from])
      : this.#refs.inPackage(name, packageName);
  }

  source({ source, table }: SourceCall, from = this.#root): SourceNode | undefined {
    return this.#sources.find(`${source}.${table}`, [this.#root, from]);
  }

  /** Names of models and seeds. */
  refs(): Iterable<string> {
    return this.#refs.names();
  }

  /** `source.table`. */
  sources(): Iterable<string> {
    return this.#sources.names();
  }
}

class ByPackage<T extends { readonly packageName: string }> {
  readonly #nodes = new Map<string, T[]>();

  add(name: string, node: T): void {
    const same = this.#nodes.get(name);
    if (same === undefined) this.#nodes.set(name, [node]);
    else same.push(node);
  }

  inPackage(name: string, packageName: string): T | undefined {
    return this.#nodes.get(name)?.find((node) => node.packageName === packageName);
  }

  find(name: string, packages: readonly string[]): T | undefined {
    const same = this.#nodes.get(name);
    if (same === undefined || same.length === 1) return same?.[0];
    for (const packageName of packages) {
      const found = this.inPackage(name, packageName);
      if (found !== undefined) return found;
    }
    return same[0];
  }

  names(): Iterable<string> {
    return this.#nodes.keys();
  }
}
