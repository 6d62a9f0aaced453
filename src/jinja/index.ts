/**
 * Jinja as dbt projects use it: see docs/jinja.md.
 *
 * @example
 * const template = parseTemplate('select {{ x }}', { file: 'models/a.sql' });
 * renderSync(template, { x: 1 }); // 'select 1'
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
export type { ArithmeticOperator, Expression, Statement, MacroNode, Parameter } from './parse/ast.js';
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
export {
  HostFunction,
  HostObject,
  type HostCall,
  type HostResult,
  type CallContext,
  type Waiting,
} from './values/host.js';
export { MacroValue } from './values/macro-value.js';
export { Undefined, type UndefinedMode } from './values/undefined.js';
export { Float, int, Tuple, type Value, type Kwargs } from './values/value.js';
export { Decimal } from './values/decimal.js';
export { Dict } from './values/dict.js';
export type { Globals, Lookup } from './run/frame.js';
export { defaultLimits, type Limits } from './values/limits.js';
export { fromHost, toHost } from './values/convert.js';
export { parseJson, toJson, type ToJsonOptions } from './values/json.js';
export { isTrue, equals } from './values/compare.js';
export { toText, repr, textRepr } from './values/text.js';
export { typeName } from './values/type-name.js';
export { iterate } from './values/iterate.js';
