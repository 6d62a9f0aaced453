/** Lists at their full length: pages of any size are cut out of them, so that another `limit` asks nothing new. */
import { LRUCache } from 'lru-cache';
import type { ResultSet } from '../../engine/engine.js';

/** Lists that are kept; the longest has some four hundred rows. */
const MOST = 64;

export class LongLists {
  private readonly lists = new LRUCache<string, Promise<ResultSet>>({ max: MOST });

  /** The list of this key, asked for once by all who want it at the same time. What fails is not kept. */
  async get(key: string, ask: () => Promise<ResultSet>): Promise<ResultSet> {
    const kept = this.lists.get(key);
    if (kept !== undefined) return kept;
    const asked = ask();
    this.lists.set(key, asked);
    try {
      return await asked;
    } catch (error) {
      this.lists.delete(key);
      throw error;
    }
  }
}
