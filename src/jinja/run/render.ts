import { parseExpression, type ParseOptions } from '../parse/parse.js';
import type { Template, TemplateBlock } from '../parse/template.js';
import type { Kwargs, Value, Waiting } from '../values/value.js';
import { callMacro as runMacro } from './call-macro.js';
import { callValue } from './call.js';
import { runAsync, runSync } from './drive.js';
import { evaluateWaiting } from './evaluate-waiting.js';
import { executeAll } from './execute.js';
import { Frame, type Globals } from './frame.js';
import { Macro } from './macro.js';
import { NativeOutput, TextOutput } from './output.js';
import { Runtime, type Interpreter, type RenderOptions } from './runtime.js';
import type { Piece } from './trace.js';

export type { RenderOptions } from './runtime.js';

const interpreter: Interpreter = { execute: executeAll, callMacro: runMacro };

/**
 * Renders a template: a run that yields the promises of host functions and ends with
 * the text. The macros and sets of the template live for this rendering only.
 *
 * Throws TechstoreError 'compilation' for every fault of the template. What a host
 * function throws passes through; a TechstoreError without a place gets that of the call.
 */
export function* render(
  template: Template,
  globals: Globals,
  options: RenderOptions = {},
): Waiting<string> {
  const runtime = new Runtime(template, globals, options, interpreter);
  const output = new TextOutput(runtime.meter);
  try {
    yield* executeAll(template.body, new Frame(), output, runtime);
  } catch (error) {
    throw runtime.located(error);
  }
  return output.text;
}

/** As render, with where each part of the text comes from. */
export async function renderTraced(
  template: Template,
  globals: Globals,
  options: RenderOptions = {},
): Promise<{ readonly text: string; readonly pieces: readonly Piece[] }> {
  const runtime = new Runtime(template, globals, { ...options, trace: true }, interpreter);
  const output = runtime.newOutput();
  try {
    await runAsync(executeAll(template.body, new Frame(), output, runtime));
  } catch (error) {
    throw runtime.located(error);
  }
  return { text: output.text, pieces: output.trace?.pieces ?? [] };
}

/** As render, at once. A promise on the way is an error at the call that gave it. */
export function renderSync(template: Template, globals: Globals, options?: RenderOptions): string {
  return runSync(render(template, globals, options));
}

/** As render, waiting for each promise on the way. */
export function renderAsync(
  template: Template,
  globals: Globals,
  options?: RenderOptions,
): Promise<string> {
  return runAsync(render(template, globals, options));
}

/**
 * Renders a template as dbt renders values in YAML: `{{ x }}` alone gives the value of x
 * with its type; with any text around it the result is a text. The filters as_bool,
 * as_number, as_native and as_text convert here, and only here.
 */
export function* renderNative(
  template: Template,
  globals: Globals,
  options: RenderOptions = {},
): Waiting<Value> {
  const runtime = new Runtime(template, globals, options, interpreter, true);
  const output = new NativeOutput(runtime.meter);
  try {
    yield* executeAll(template.body, new Frame(), output, runtime);
    return output.result();
  } catch (error) {
    throw runtime.located(error);
  }
}

/** Evaluates an expression that stands without `{{ }}`. Throws as parseTemplate and render. */
export function* evaluateExpression(
  source: string,
  globals: Globals,
  options: ParseOptions & RenderOptions,
): Waiting<Value> {
  const { template, expression } = parseExpression(source, options);
  const runtime = new Runtime(template, globals, options, interpreter, true);
  try {
    return yield* evaluateWaiting(expression, new Frame(), runtime);
  } catch (error) {
    throw runtime.located(error);
  }
}

/**
 * Calls a macro from outside of a rendering. The value is the text it prints, or what
 * it gives to `return`. Inside of a rendering host functions use CallContext.call.
 */
export function* callMacro(
  macro: Macro,
  args: readonly Value[],
  kwargs: Kwargs,
  globals: Globals,
  options: RenderOptions = {},
): Waiting<Value> {
  const runtime = new Runtime(macro.template, globals, options, interpreter);
  runtime.at = macro.node.at;
  try {
    return yield* callValue(macro, args, kwargs, runtime);
  } catch (error) {
    throw runtime.located(error);
  }
}

/** The macro of a macro, test or materialization block; undefined for the other kinds. */
export function macroOf(template: Template, block: TemplateBlock): Macro | undefined {
  return 'macro' in block ? new Macro(block.macroName, template, block.macro) : undefined;
}

/** The macros of a file, by the names they are called by. A name given twice keeps the last. */
export function macrosOf(template: Template): Map<string, Macro> {
  const macros = new Map<string, Macro>();
  for (const block of template.blocks) {
    const macro = macroOf(template, block);
    if (macro !== undefined) macros.set(macro.name, macro);
  }
  return macros;
}
