import type { Expression, MacroNode, Parameter, Statement } from './ast.js';
import { lineAndColumn, type Located } from './place.js';

interface BlockPlace {
  /** The name as it is written in the block's tag. */
  readonly name: string;
  /** Line and column, from 1, of the opening tag in the file. */
  readonly line: number;
  readonly column: number;
  /** Offsets in Template.source: the whole block, and what stands between its tags. */
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

interface CallableBlock extends BlockPlace {
  /** The name the macro is called by: `test_<name>`, `materialization_<name>_<adapter>`. */
  readonly macroName: string;
  readonly parameters: readonly Parameter[];
  readonly macro: MacroNode;
}

export interface MacroBlock extends CallableBlock {
  readonly kind: 'macro';
}

/** `{% test name(model, …) %}`, also written `{% data_test … %}`. */
export interface TestBlock extends CallableBlock {
  readonly kind: 'test';
}

export interface MaterializationBlock extends CallableBlock {
  readonly kind: 'materialization';
  /** `default` or the text of `adapter='…'`. */
  readonly adapter: string;
  /** The further `name=value` settings of the tag, such as supported_languages. */
  readonly settings: readonly (readonly [string, Expression])[];
}

export interface SnapshotBlock extends BlockPlace {
  readonly kind: 'snapshot';
  /** The body as a template of its own, with places in the same file. */
  readonly content: Template;
}

export interface DocsBlock extends BlockPlace {
  readonly kind: 'docs';
  /** The text between the tags as it is written: nothing in it is Jinja. */
  readonly text: string;
}

export type TemplateBlock =
  MacroBlock | TestBlock | MaterializationBlock | SnapshotBlock | DocsBlock;

/** A parsed template. It holds no state of a rendering and can be rendered any number of times. */
export class Template implements Located {
  readonly file: string;
  /** The source as parsed: line ends are `\n`. */
  readonly source: string;
  readonly firstLine: number;
  readonly firstColumn: number;
  readonly body: readonly Statement[];
  /** The macro, test, materialization, snapshot and docs blocks at the top level, in order. */
  readonly blocks: readonly TemplateBlock[];

  constructor(located: Located, body: readonly Statement[], blocks: readonly TemplateBlock[]) {
    this.file = located.file;
    this.source = located.source;
    this.firstLine = located.firstLine;
    this.firstColumn = located.firstColumn;
    this.body = body;
    this.blocks = blocks;
  }

  /** Line and column in the file, from 1, of an offset in the source. */
  locate(offset: number): { line: number; column: number } {
    return lineAndColumn(this, offset);
  }
}
