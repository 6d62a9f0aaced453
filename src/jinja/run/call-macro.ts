import type { MacroNode, Parameter } from '../parse/ast.js';
import { Fault } from '../values/fault.js';
import { Dict, Tuple, type Kwargs, type Value, type Waiting } from '../values/value.js';
import { evaluateWaiting } from './evaluate-waiting.js';
import { evaluate } from './evaluate.js';
import { Frame } from './frame.js';
import type { Macro } from './macro.js';
import { ReturnSignal } from './return-signal.js';
import type { Runtime } from './runtime.js';

/** Calls a macro: its value is what it prints, or what it gives to `return`. */
export function* callMacro(
  macro: Macro,
  args: readonly Value[],
  kwargs: Kwargs,
  runtime: Runtime,
): Waiting<Value> {
  const { node, scope } = macro;
  // Before the macro is entered: the fault is that of the call.
  checkArguments(node, args, kwargs);
  runtime.enter(macro.template, macro);
  try {
    const frame = new Frame(scope);
    for (let i = 0; i < node.parameters.length; i += 1) {
      const parameter = node.parameters[i] as Parameter;
      // Not `??`: None is null, and an argument that is None was given.
      let value = args[i];
      if (value === undefined) value = kwargs.get(parameter.name);
      if (value === undefined) {
        const { name, default: fallback } = parameter;
        if (fallback === undefined) {
          value = runtime.undefinedValue(name, `parameter '${name}' was not provided`);
        } else {
          value = fallback.waits
            ? yield* evaluateWaiting(fallback, frame, runtime)
            : evaluate(fallback, frame, runtime);
        }
      }
      frame.set(parameter.name, value);
    }
    bindOthers(node, args, kwargs, frame, runtime);
    const output = runtime.newOutput();
    yield* runtime.execute(node.body, frame, output);
    runtime.wrote(output, macro.name);
    return output.text;
  } catch (error) {
    // A return in the body of a call block ends the macro that the block is given to.
    if (error instanceof ReturnSignal && node.name !== 'caller') {
      runtime.returned(error.value, macro.name);
      return error.value;
    }
    throw runtime.located(error);
  } finally {
    runtime.leave();
  }
}

function checkArguments(node: MacroNode, args: readonly Value[], kwargs: Kwargs): void {
  const { parameters, name } = node;
  if (args.length > parameters.length && !node.usesVarargs) {
    throw new Fault(
      `macro '${name}' takes not more than ${parameters.length} argument(s), but ${args.length} were given`,
    );
  }
  if (kwargs.size === 0 || node.usesKwargs) return;
  for (const key of kwargs.keys()) {
    if (key === 'caller' && node.usesCaller) continue;
    const index = parameters.findIndex((parameter) => parameter.name === key);
    if (index === -1) {
      const hint = parameters.map((p) => p.name).join(', ');
      throw new Fault(
        `macro '${name}' takes no keyword argument '${key}'`,
        hint === '' ? 'It takes no arguments.' : `It takes these arguments: ${hint}.`,
      );
    }
    if (index < args.length) {
      throw new Fault(`macro '${name}' got multiple values for the argument '${key}'`);
    }
  }
}

/** Sets `varargs`, `kwargs` and `caller` for a macro that uses them. */
function bindOthers(
  node: MacroNode,
  args: readonly Value[],
  kwargs: Kwargs,
  frame: Frame,
  runtime: Runtime,
): void {
  const { parameters } = node;
  if (node.usesVarargs) frame.set('varargs', new Tuple(args.slice(parameters.length)));
  if (node.usesCaller) {
    frame.set(
      'caller',
      kwargs.get('caller') ?? runtime.undefinedValue('caller', 'No caller defined'),
    );
  }
  if (node.usesKwargs) {
    const others = new Dict();
    for (const [key, value] of kwargs) {
      if (key === 'caller' && node.usesCaller) continue;
      const index = parameters.findIndex((parameter) => parameter.name === key);
      if (index === -1 || index < args.length) others.set(key, value);
    }
    frame.set('kwargs', others);
  }
}
