/** The site's data with the ways through it: children, tests, users of columns. */
import type {
  SiteColumn,
  SiteColumnSource,
  SiteData,
  SiteNode,
  SiteResult,
  SiteType,
} from '../site-data.js';

/** Where a node is used as a parent, by kind, so that tests are apart. */
export class Site {
  readonly data: SiteData;
  readonly #byId: ReadonlyMap<string, SiteNode>;
  readonly #children: ReadonlyMap<string, readonly SiteNode[]>;
  readonly #callers: ReadonlyMap<string, readonly SiteNode[]>;
  readonly #tests: ReadonlyMap<string, readonly SiteNode[]>;
  readonly #users: ReadonlyMap<string, readonly SiteColumnSource[]>;
  readonly #columns = new Map<string, ReadonlyMap<string, SiteColumn>>();

  constructor(data: SiteData) {
    this.data = data;
    const { nodes } = data;
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
    this.#children = grouped(nodes, ({ parents }) => parents);
    this.#callers = grouped(nodes, ({ macros }) => macros ?? []);
    this.#tests = grouped(nodes, (node) => testedBy(node));
    this.#users = usersOf(nodes);
  }

  node(id: string): SiteNode | null {
    return this.#byId.get(id) ?? null;
  }

  ofType(type: SiteType): readonly SiteNode[] {
    return this.data.nodes.filter((node) => node.type === type);
  }

  parents({ parents }: SiteNode): readonly SiteNode[] {
    return parents.flatMap((id) => this.node(id) ?? []);
  }

  /** Without tests: see `tests`. */
  children({ id }: SiteNode): readonly SiteNode[] {
    return (this.#children.get(id) ?? []).filter(({ type }) => !isTest(type));
  }

  /** Nodes and macros that call a macro. */
  callers({ id }: SiteNode): readonly SiteNode[] {
    return this.#callers.get(id) ?? [];
  }

  /** Written under a node, or reading it. */
  tests({ id }: SiteNode): readonly SiteNode[] {
    return this.#tests.get(id) ?? [];
  }

  testsOfColumn(node: SiteNode, column: string): readonly SiteNode[] {
    const wanted = column.toLowerCase();
    return this.tests(node).filter(
      ({ test }) => test?.node === node.id && test.column?.toLowerCase() === wanted,
    );
  }

  column(node: SiteNode, name: string): SiteColumn | null {
    let columns = this.#columns.get(node.id);
    if (columns === undefined) {
      columns = new Map((node.columns ?? []).map((one) => [one.name.toLowerCase(), one]));
      this.#columns.set(node.id, columns);
    }
    return columns.get(name.toLowerCase()) ?? null;
  }

  /** Columns that are made of this one. */
  users(node: SiteNode, column: string): readonly SiteColumnSource[] {
    return this.#users.get(keyOf(node.id, column)) ?? [];
  }

  result({ id }: SiteNode): SiteResult | null {
    return this.node(id)?.result ?? null;
  }
}

export function isTest(type: string): boolean {
  return type === 'test' || type === 'unit_test';
}

function testedBy(node: SiteNode): readonly string[] {
  if (node.unit !== undefined) return node.unit.model === null ? [] : [node.unit.model];
  if (node.type !== 'test') return [];
  return [...new Set([...(node.test?.node == null ? [] : [node.test.node]), ...node.parents])];
}

function grouped(
  nodes: readonly SiteNode[],
  keysOf: (node: SiteNode) => readonly string[],
): ReadonlyMap<string, readonly SiteNode[]> {
  const groups = new Map<string, SiteNode[]>();
  for (const node of nodes) {
    for (const key of keysOf(node)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [node]);
      else group.push(node);
    }
  }
  return groups;
}

function usersOf(nodes: readonly SiteNode[]): ReadonlyMap<string, readonly SiteColumnSource[]> {
  const users = new Map<string, SiteColumnSource[]>();
  for (const { id, columns = [] } of nodes) {
    for (const { name, sources } of columns) {
      for (const source of sources ?? []) {
        const key = keyOf(source.node, source.column);
        const user = { node: id, column: name, how: source.how };
        const list = users.get(key);
        if (list === undefined) users.set(key, [user]);
        else list.push(user);
      }
    }
  }
  return users;
}

function keyOf(node: string, column: string): string {
  return `${node}\n${column.toLowerCase()}`;
}
