/** Keeps where each part of an output stands in the templates that wrote it. */
import type { Place } from '../../errors.js';
import { excerptOf, placeOf, type Located } from '../parse/place.js';

/** A part of an output, up to the next one. */
export interface Piece {
  /** Offset in the output. */
  readonly start: number;
  readonly template: Located;
  /** Offset in the template: of the text where it was copied, else of the expression that gave it. */
  readonly at: number;
  readonly copied: boolean;
  /** The macro that the expression called, where it called one. */
  readonly macro?: string | undefined;
  /** How what was printed came about, where all of it is one macro's or block's output. */
  readonly inner?: readonly Piece[] | undefined;
}

/** Where a character of an output comes from. */
export interface Origin {
  /** In the template itself: the character, or the expression that printed it. */
  readonly place: Place;
  /** The lines around it, with a caret under it. */
  readonly excerpt: string;
  /** True where the template has this very text. */
  readonly copied: boolean;
  /** The macros that wrote it, outermost first, with the place each has come to where that is known. */
  readonly macros: readonly { readonly name: string; readonly place: Place | undefined }[];
}

export class Trace {
  readonly pieces: Piece[] = [];
  #length = 0;

  printed(length: number): void {
    this.#length += length;
  }

  /** The text that is printed next stands at this offset. */
  text(template: Located, at: number): void {
    this.pieces.push({ start: this.#length, template, at, copied: true });
  }

  /** An expression at this offset gives what is printed next. */
  value(template: Located, at: number, written: Written | undefined, all: boolean): void {
    const { macro } = written ?? {};
    const inner = all ? written?.pieces : undefined;
    this.pieces.push({ start: this.#length, template, at, copied: false, macro, inner });
  }
}

/** What a macro or a block wrote. */
export interface Written {
  readonly text: string;
  /** Undefined for a block. */
  readonly macro: string | undefined;
  readonly pieces: readonly Piece[];
}

/** Undefined where nothing was printed there. */
export function originOf(pieces: readonly Piece[], offset: number): Origin | undefined {
  const found = pieceAt(pieces, offset);
  if (found === undefined) return undefined;
  const at = found.copied ? found.at + offset - found.start : found.at;
  const macros: { name: string; place: Place | undefined }[] = [];
  let outer = found;
  let rest = offset - found.start;
  while (outer.macro !== undefined || outer.inner !== undefined) {
    const inside = outer.inner === undefined ? undefined : pieceAt(outer.inner, rest);
    const innerAt =
      inside === undefined ? 0 : inside.copied ? inside.at + rest - inside.start : inside.at;
    if (outer.macro !== undefined) {
      macros.push({
        name: outer.macro,
        place: inside === undefined ? undefined : placeOf(inside.template, innerAt),
      });
    }
    if (inside === undefined) break;
    rest -= inside.start;
    outer = inside;
  }
  return {
    place: placeOf(found.template, at),
    excerpt: excerptOf(found.template, at),
    copied: found.copied,
    macros,
  };
}

/** The last piece that begins at the offset or before it. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).start <= offset) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1];
}
