import type { ArithmeticOperator, Value } from '../values/value.js';

/** Every node knows its offset in the template's source, for messages. */
interface Positioned {
  readonly at: number;
}

/**
 * `waits` tells that the expression holds a call, so that evaluating it may have to
 * wait for a promise. All others are evaluated by plain functions, which is faster.
 */
interface ExpressionNode extends Positioned {
  readonly waits: boolean;
}

export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly (readonly [string, Expression])[];
  /** `*values` */
  readonly spread: Expression | undefined;
  /** `**values` */
  readonly spreadNamed: Expression | undefined;
  readonly waits: boolean;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export type ConstantNode = ExpressionNode & { readonly kind: 'constant'; readonly value: Value };
export type NameNode = ExpressionNode & { readonly kind: 'name'; readonly name: string };
export type SequenceNode = ExpressionNode & {
  readonly kind: 'list' | 'tuple';
  readonly items: readonly Expression[];
};
export type DictNode = ExpressionNode & {
  readonly kind: 'dict';
  readonly pairs: readonly (readonly [Expression, Expression])[];
};
export type AttributeNode = ExpressionNode & {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
};
export type ItemNode = ExpressionNode & {
  readonly kind: 'item';
  readonly object: Expression;
  readonly key: Expression;
};
export type SliceNode = ExpressionNode & {
  readonly kind: 'slice';
  readonly object: Expression;
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
};
export type CallNode = ExpressionNode & {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: Arguments;
};
export type FilterNode = ExpressionNode & {
  readonly kind: 'filter';
  /** Undefined in `{% filter %}` and `{% set x | upper %}`: there the block's text is meant. */
  readonly value: Expression | undefined;
  readonly name: string;
  readonly args: Arguments;
};
export type TestNode = ExpressionNode & {
  readonly kind: 'test';
  readonly value: Expression;
  readonly name: string;
  readonly args: Arguments;
};
export type UnaryNode = ExpressionNode & {
  readonly kind: 'unary';
  readonly operator: 'not' | '-' | '+';
  readonly operand: Expression;
};
export type ArithmeticNode = ExpressionNode & {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
};
export type LogicNode = ExpressionNode & {
  readonly kind: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
};
export type ConcatNode = ExpressionNode & {
  readonly kind: 'concat';
  readonly parts: readonly Expression[];
};
export type CompareNode = ExpressionNode & {
  readonly kind: 'compare';
  readonly first: Expression;
  readonly rest: readonly (readonly [ComparisonOperator, Expression])[];
};
export type ConditionalNode = ExpressionNode & {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression | undefined;
};

export type Expression =
  | ConstantNode
  | NameNode
  | SequenceNode
  | DictNode
  | AttributeNode
  | ItemNode
  | SliceNode
  | CallNode
  | FilterNode
  | TestNode
  | UnaryNode
  | ArithmeticNode
  | LogicNode
  | ConcatNode
  | CompareNode
  | ConditionalNode;

/** What a value is assigned to. */
export type Target =
  | (Positioned & { readonly kind: 'name'; readonly name: string })
  | (Positioned & { readonly kind: 'field'; readonly object: string; readonly name: string })
  | (Positioned & { readonly kind: 'targets'; readonly targets: readonly Target[] });

export interface Parameter {
  readonly name: string;
  readonly default: Expression | undefined;
}

export type TextNode = Positioned & { readonly kind: 'text'; readonly text: string };
export type OutputNode = Positioned & { readonly kind: 'output'; readonly value: Expression };
export type SetNode = Positioned & {
  readonly kind: 'set';
  readonly target: Target;
  readonly value: Expression;
};
export type SetBlockNode = Positioned & {
  readonly kind: 'set block';
  readonly target: Target;
  readonly filter: FilterNode | undefined;
  readonly body: readonly Statement[];
};
export type IfNode = Positioned & {
  readonly kind: 'if';
  /** True when one of the tests holds a call. */
  readonly waits: boolean;
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
};
export type ForNode = Positioned & {
  readonly kind: 'for';
  readonly target: Target;
  readonly iterable: Expression;
  readonly filter: Expression | undefined;
  readonly recursive: boolean;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
};
export type MacroNode = Positioned & {
  readonly kind: 'macro';
  /** The name it is called by: a test `x` is `test_x`. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly usesCaller: boolean;
  readonly usesVarargs: boolean;
  readonly usesKwargs: boolean;
};
export type CallBlockNode = Positioned & {
  readonly kind: 'call block';
  readonly call: CallNode;
  readonly caller: MacroNode;
};
export type FilterBlockNode = Positioned & {
  readonly kind: 'filter block';
  readonly filter: FilterNode;
  readonly body: readonly Statement[];
};
export type WithNode = Positioned & {
  readonly kind: 'with';
  readonly assignments: readonly (readonly [Target, Expression])[];
  readonly body: readonly Statement[];
};
export type DoNode = Positioned & { readonly kind: 'do'; readonly value: Expression };
export type JumpNode = Positioned & { readonly kind: 'break' | 'continue' };
export type IncludeNode = Positioned & {
  readonly kind: 'include';
  readonly template: Expression;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
};
export type ImportNode = Positioned & {
  readonly kind: 'import';
  readonly template: Expression;
  readonly name: string;
  readonly withContext: boolean;
};
export type FromImportNode = Positioned & {
  readonly kind: 'from import';
  readonly template: Expression;
  readonly names: readonly (readonly [name: string, alias: string])[];
  readonly withContext: boolean;
};
/** A block that is no statement: rendering the template passes over it. */
export type SkippedNode = Positioned & { readonly kind: 'skipped' };

export type Statement =
  | TextNode
  | OutputNode
  | SetNode
  | SetBlockNode
  | IfNode
  | ForNode
  | MacroNode
  | CallBlockNode
  | FilterBlockNode
  | WithNode
  | DoNode
  | JumpNode
  | IncludeNode
  | ImportNode
  | FromImportNode
  | SkippedNode;
