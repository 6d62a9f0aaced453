/** Search over names, columns, descriptions, tags and SQL. */
import MiniSearch from 'minisearch';
import type { SiteNode } from '../site-data.js';

export interface Hit {
  readonly node: SiteNode;
  /** Its columns whose names match, the first few. */
  readonly columns: readonly string[];
  /** The line of its SQL or of its description that matches, where its name and columns do not. */
  readonly line: string | null;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly columns: string;
  readonly tags: string;
  readonly description: string;
  readonly sql: string;
}

const fields = ['name', 'columns', 'tags', 'description', 'sql'] as const;
const MOST = 50;
const MOST_COLUMNS = 6;

/** What people look for most comes first where hits are as good as each other. */
const weight: Readonly<Record<string, number>> = {
  model: 3,
  source: 2.5,
  seed: 2,
  snapshot: 2,
  exposure: 2,
  metric: 2,
  test: 0.6,
  unit_test: 0.7,
};

export class Search {
  readonly #nodes: ReadonlyMap<string, SiteNode>;
  readonly #index: MiniSearch<Entry>;
  readonly ready: Promise<void>;

  /** Indexes in small pieces, so that the page can be used meanwhile; until `ready` only names are found. */
  constructor(nodes: readonly SiteNode[]) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#index = new MiniSearch<Entry>({
      fields: [...fields],
      tokenize: wordsOf,
      processTerm: (term) => term.toLowerCase(),
    });
    this.ready = this.#fill(nodes);
  }

  async #fill(nodes: readonly SiteNode[]): Promise<void> {
    const size = 40;
    for (let from = 0; from < nodes.length; from += size) {
      await new Promise((done) => setTimeout(done));
      this.#index.addAll(nodes.slice(from, from + size).map(entryOf));
    }
  }

  find(text: string): { readonly hits: readonly Hit[]; readonly total: number } {
    const terms = wordsOf(text).map((term) => term.toLowerCase());
    if (terms.length === 0) return { hits: [], total: 0 };
    const exact = text.trim().toLowerCase();
    const found = this.#index.search(text, {
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
      boost: { name: 6, columns: 3, tags: 2, description: 1.5, sql: 0.5 },
      boostDocument: (id) => {
        const node = this.#nodes.get(String(id));
        const isNamed = node?.name.toLowerCase() === exact ? 20 : 1;
        return (weight[node?.type ?? ''] ?? 1) * isNamed;
      },
    });
    const hits = found.slice(0, MOST).flatMap(({ id }) => {
      const node = this.#nodes.get(String(id));
      return node === undefined ? [] : [hitOf(node, terms)];
    });
    return { hits, total: found.length };
  }
}

/** Words are parts of names too: `order` finds `silver_orders`. */
export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function entryOf(node: SiteNode): Entry {
  const {
    id,
    name,
    columns = [],
    tags,
    description,
    raw = '',
    compiled = '',
    path,
    owner = '',
  } = node;
  return {
    id,
    name,
    columns: columns.map((column) => column.name).join(' '),
    tags: [...tags, node.layer, node.type, owner].join(' '),
    description: [description, path, ...columns.map((column) => column.description)].join(' '),
    // A word counts once: tables of a query are named in it again and again.
    sql: [...new Set(wordsOf(`${raw} ${compiled}`))].join(' '),
  };
}

function hitOf(node: SiteNode, terms: readonly string[]): Hit {
  const holds = (text: string): boolean => {
    const low = text.toLowerCase();
    return terms.some((term) => low.includes(term));
  };
  const columns = (node.columns ?? []).map(({ name }) => name).filter(holds);
  const line =
    [
      node.description,
      ...(node.columns ?? []).map((column) => column.description),
      node.raw,
      node.compiled,
    ]
      .flatMap((text) => (text ?? '').split('\n'))
      .find((text) => text.trim() !== '' && holds(text)) ?? null;
  return {
    node,
    columns: columns.slice(0, MOST_COLUMNS),
    line: line?.trim().slice(0, 200) ?? null,
  };
}
