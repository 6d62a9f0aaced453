import type { MacroNode } from '../parse/ast.js';
import type { Frame } from '../run/frame.js';
import type { Template } from '../parse/template.js';

/**
 * A macro as a value: it can be held, passed on and called. It sees the globals of
 * the rendering that calls it and, when it was made by running its template, what
 * that template has set; never the names of its caller.
 */
export class MacroValue {
  readonly name: string;
  readonly template: Template;
  readonly node: MacroNode;
  /** Where the template that defined it keeps its names; undefined when made from a block. */
  readonly scope: Frame | undefined;

  constructor(name: string, template: Template, node: MacroNode, scope?: Frame) {
    this.name = name;
    this.template = template;
    this.node = node;
    this.scope = scope;
  }
}
