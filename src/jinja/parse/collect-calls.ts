import type { Value } from '../values/value.js';
import type { CallNode, Expression } from './ast.js';
import { literalValue } from './literal.js';
import type { Template } from './template.js';

/** A call that stands in a template, found without running it. */
export interface FoundCall {
  /** The name called: `ref`, or `config.get` for a method of a name. */
  readonly name: string;
  /** Offset in the template's source. */
  readonly at: number;
  /** The arguments, where all of them are literals; undefined where one has to be computed. */
  readonly literal:
    { readonly args: readonly Value[]; readonly kwargs: ReadonlyMap<string, Value> } | undefined;
}

/**
 * The calls of these names that stand anywhere in the template, in order, also in the
 * branches that would not run and in the macros it defines. A name that the template
 * sets itself is found too.
 */
export function collectCalls(template: Template, names: ReadonlySet<string>): FoundCall[] {
  const found: FoundCall[] = [];
  const stack: unknown[] = [template.body];
  for (const block of template.blocks) {
    if (block.kind === 'snapshot') stack.push(block.content.body);
  }
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Array.isArray(node)) {
      for (const inner of node as unknown[]) stack.push(inner);
      continue;
    }
    if (isCall(node)) {
      const name = nameOf(node.callee);
      if (name !== undefined && names.has(name)) {
        found.push({ name, at: node.at, literal: literalArguments(node) });
      }
    }
    // A constant's value is no node, whatever it looks like.
    if ('kind' in node && node.kind === 'constant') continue;
    stack.push(...(Object.values(node) as unknown[]));
  }
  return found.sort((a, b) => a.at - b.at);
}

function isCall(node: object): node is CallNode {
  return 'kind' in node && node.kind === 'call';
}

function nameOf(callee: Expression): string | undefined {
  if (callee.kind === 'name') return callee.name;
  return callee.kind === 'attribute' && callee.object.kind === 'name'
    ? `${callee.object.name}.${callee.name}`
    : undefined;
}

function literalArguments({ args }: CallNode): FoundCall['literal'] {
  if (args.spread !== undefined || args.spreadNamed !== undefined) return undefined;
  const positional = args.positional.map(literalValue);
  const kwargs = new Map<string, Value>();
  for (const [name, node] of args.named) {
    const value = literalValue(node);
    if (value === undefined) return undefined;
    kwargs.set(name, value);
  }
  if (positional.some((value) => value === undefined)) return undefined;
  return { args: positional as Value[], kwargs };
}
