import { Dict, Float, Tuple, type Value } from '../values/value.js';
import type { Expression } from './ast.js';

/** The value of a literal, also of a list, tuple or dict of them; undefined for anything else. */
export function literalValue(node: Expression): Value | undefined {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'unary':
      return node.operator === 'not'
        ? undefined
        : signed(node.operator, literalValue(node.operand));
    case 'list':
    case 'tuple': {
      const items = node.items.map(literalValue);
      if (items.some((item) => item === undefined)) return undefined;
      return node.kind === 'list' ? (items as Value[]) : new Tuple(items as Value[]);
    }
    case 'dict': {
      const dict = new Dict();
      for (const [keyNode, valueNode] of node.pairs) {
        const key = literalValue(keyNode);
        const value = literalValue(valueNode);
        if (key === undefined || value === undefined) return undefined;
        if (Array.isArray(key) || key instanceof Dict || key instanceof Tuple) return undefined;
        dict.set(key, value);
      }
      return dict;
    }
    default:
      return undefined;
  }
}

function signed(sign: '-' | '+', value: Value | undefined): Value | undefined {
  const factor = sign === '-' ? -1 : 1;
  // Adding 0 makes an int 0 of -0.
  if (typeof value === 'number') return value * factor + 0;
  if (typeof value === 'bigint') return value * BigInt(factor);
  return value instanceof Float ? new Float(value.value * factor) : undefined;
}
