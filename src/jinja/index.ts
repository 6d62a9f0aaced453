/**
 * Jinja as dbt projects use it: see docs/jinja.md.
 *
 * @example
 * const template = parseTemplate('select {{ x }}', { file: 'models/a.sql' });
 * renderSync(template, { x: 1 }); // 'select 1'
 */
export { parseTemplate, type ParseOptions } from './parse.js';
export {
  Template,
  type TemplateBlock,
  type MacroBlock,
  type TestBlock,
  type MaterializationBlock,
  type SnapshotBlock,
  type DocsBlock,
} from './template.js';
export type { ArithmeticOperator, Expression, Statement, MacroNode, Parameter } from './ast.js';
export {
  render,
  renderSync,
  renderAsync,
  renderTraced,
  renderNative,
  evaluateExpression,
  callMacro,
  macroOf,
  macrosOf,
  type RenderOptions,
} from './render.js';
export { originOf, type Origin, type Piece } from './trace.js';
export { runSync, runAsync } from './run.js';
export { collectCalls, type FoundCall } from './collect-calls.js';
export {
  HostFunction,
  HostObject,
  type HostCall,
  type HostResult,
  type CallContext,
  type Waiting,
} from './host.js';
export { MacroValue } from './macro-value.js';
export { Undefined, type UndefinedMode } from './undefined.js';
export { Float, int, Tuple, type Value, type Kwargs } from './values.js';
export { Decimal } from './decimal.js';
export { Dict } from './dict.js';
export type { Globals, Lookup } from './frame.js';
export { defaultLimits, type Limits } from './limits.js';
export { fromHost, toHost } from './convert.js';
export { parseJson, toJson, type ToJsonOptions } from './json.js';
export { isTrue, equals } from './compare.js';
export { toText, repr, textRepr } from './text.js';
export { typeName } from './type-name.js';
export { iterate } from './iterate.js';
