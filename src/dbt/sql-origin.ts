/** Where each part of compiled SQL stands in the project's files. */
import { originOf, type Origin, type Piece } from '../jinja/index.js';

/** Rendered text that stands in the SQL from an offset on. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
  /** Offset in the rendered text of what stands at `start`. */
  readonly from: number;
}

/** SQL put together from rendered texts and from what the program writes itself. */
export class SqlWithOrigins {
  readonly #parts: string[] = [];
  readonly #spans: Span[] = [];
  #length = 0;

  get text(): string {
    return this.#parts.join('');
  }

  add(text: string): this {
    this.#parts.push(text);
    this.#length += text.length;
    return this;
  }

  /** @param from offset in what was rendered at which the text begins */
  addRendered(text: string, pieces: readonly Piece[], from = 0): this {
    const start = this.#length;
    this.#spans.push({ start, end: start + text.length, pieces, from });
    return this.add(text);
  }

  /**
   * Undefined for what the program wrote, such as the rows of a unit test.
   *
   * @param line of the SQL, from 1
   * @param column from 1; default: where the line's text begins
   */
  originAt(line: number, column?: number): Origin | undefined {
    const sql = this.text;
    let start = 0;
    for (let n = 1; n < line; n += 1) {
      const end = sql.indexOf('\n', start);
      if (end === -1) return undefined;
      start = end + 1;
    }
    const end = sql.indexOf('\n', start);
    const text = sql.slice(start, end === -1 ? undefined : end);
    const offset = start + (column === undefined ? text.search(/\S|$/) : column - 1);
    const span = this.#spans.find((one) => one.start <= offset && offset < one.end);
    return span === undefined ? undefined : originOf(span.pieces, offset - span.start + span.from);
  }
}
