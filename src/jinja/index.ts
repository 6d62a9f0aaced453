/**
 * Jinja as dbt projects use it: see docs/jinja.md.
 *
 * @example
 * const template = parseTemplate('select {{ x }}', { file: 'models/a.sql' });
 * renderSync(template, { x: 1 }); // 'select 1'
 *
 * The folder has four rooms, and each imports only those before it:
 * - `values`: what a value is and what Python does with it: operators, methods, texts, limits;
 * - `parse`: from a source to its tree, and what can be read from the tree alone;
 * - `filters`: the built-in filters and tests;
 * - `run`: evaluates expressions, executes statements, calls macros.
 *
 * Nothing outside of the folder imports any other file of it.
 */
export { parseTemplate, type ParseOptions } from './parse/parse.js';
export {
  Template,
  type TemplateBlock,
  type MacroBlock,
  type TestBlock,
  type MaterializationBlock,
  type SnapshotBlock,
  type DocsBlock,
} from './parse/template.js';
export type { Expression, Statement, MacroNode, Parameter } from './parse/ast.js';
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
} from './run/render.js';
export { originOf, type Origin, type Piece } from './run/trace.js';
export { runSync, runAsync } from './run/drive.js';
export { collectCalls, type FoundCall } from './parse/collect-calls.js';
export { Macro } from './run/macro.js';
export { MacroValue } from './values/macro-value.js';
export { Undefined, type UndefinedMode } from './values/undefined.js';
export {
  Dict,
  Float,
  HostFunction,
  HostObject,
  int,
  Tuple,
  type ArithmeticOperator,
  type CallContext,
  type HostCall,
  type HostResult,
  type Kwargs,
  type Value,
  type Waiting,
} from './values/value.js';
export { Decimal } from './values/decimal.js';
export type { Globals, Lookup } from './run/frame.js';
export { defaultLimits, type Limits } from './values/limits.js';
export { fromHost, toHost } from './values/convert.js';
export { parseJson, toJson, type ToJsonOptions } from './values/json.js';
export { compare, isTrue, equals } from './values/compare.js';
export { toText, repr, textRepr } from './values/text.js';
export { OneShot } from './values/sequences.js';
export { add } from './values/arithmetic.js';
export { typeName } from './values/type-name.js';
export { iterate } from './values/iterate.js';
