/** The keys that a server accepts: those of the environment and of the file, which is read again when it changes. */
import { recognize, type Client, type KeyRecord } from './api-key.js';
import { markOfKeyFile, readKeyFile } from './key-file.js';

export interface KeyRingOptions {
  /** Records of the environment. */
  readonly fixed: readonly KeyRecord[];
  readonly file: string;
  readonly now?: () => Date;
  /**
   * Told once when the file can't be read any more. The keys read before go on to hold: a file that
   * is half written must lock nobody out, and `keys revoke` refuses such a file, so that nobody
   * takes a key for revoked. A file that is gone holds no keys: then all of them are refused.
   */
  readonly onTrouble?: (error: unknown) => void;
}

/** Milliseconds after which a revoked key is refused at the latest. */
const LOOK_EVERY = 1000;

export class KeyRing {
  private readonly options: KeyRingOptions;
  private records: readonly KeyRecord[];
  private mark: string | null;
  private looked = 0;
  private trouble = '';

  /** Throws code `usage` when the file is not a file of keys. */
  constructor(options: KeyRingOptions) {
    this.options = options;
    this.mark = markOfKeyFile(options.file);
    this.records = [...options.fixed, ...readKeyFile(options.file)];
  }

  get size(): number {
    return this.records.length;
  }

  /** Whose key it is; null for nobody's. Never throws. */
  clientOf(key: string): Client | null {
    const now = this.options.now?.() ?? new Date();
    this.look(now.getTime());
    return recognize(key, this.records, now);
  }

  private look(now: number): void {
    if (now >= this.looked && now - this.looked < LOOK_EVERY) return;
    this.looked = now;
    try {
      const mark = markOfKeyFile(this.options.file);
      if (mark !== this.mark) {
        this.records = [...this.options.fixed, ...readKeyFile(this.options.file)];
        this.mark = mark;
      }
      this.trouble = '';
    } catch (error) {
      const trouble = String(error);
      if (trouble !== this.trouble) this.options.onTrouble?.(error);
      this.trouble = trouble;
    }
  }
}
