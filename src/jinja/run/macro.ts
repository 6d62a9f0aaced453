import type { MacroNode } from '../parse/ast.js';
import type { Template } from '../parse/template.js';
import { MacroValue } from '../values/macro-value.js';
import type { Frame } from './frame.js';

/**
 * A macro with what it runs. It sees the globals of the rendering that calls it and,
 * when it was made by running its template, what that template has set; never the names
 * of its caller.
 */
export class Macro extends MacroValue {
  readonly template: Template;
  readonly node: MacroNode;
  /** Where the template that defined it keeps its names; undefined when made from a block. */
  readonly scope: Frame | undefined;

  constructor(name: string, template: Template, node: MacroNode, scope?: Frame) {
    super(name);
    this.template = template;
    this.node = node;
    this.scope = scope;
  }

  override get parameterNames(): readonly string[] {
    return this.node.parameters.map((parameter) => parameter.name);
  }
}
