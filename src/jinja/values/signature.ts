import { Fault } from './fault.js';
import type { Kwargs, Value } from './value.js';

/** The parameters of a built-in function, filter, test or method. */
export interface Signature {
  readonly parameters: readonly string[];
  /** How many of them must be given. */
  readonly required: number;
}

/** A signature from a text such as `'old new count?'`; `?` marks what may be left out. */
export function signatureOf(text: string): Signature {
  const words = text === '' ? [] : text.split(' ');
  return {
    parameters: words.map((word) => word.replace('?', '')),
    required: words.filter((word) => !word.endsWith('?')).length,
  };
}

/** Puts arguments in the order of the parameters. Throws as Python does for a bad call. */
export function bind(
  name: string,
  { parameters, required }: Signature,
  args: readonly Value[],
  kwargs: Kwargs,
): readonly (Value | undefined)[] {
  if (args.length > parameters.length) {
    throw new Fault(
      `${name} takes at most ${parameters.length} arguments, but ${args.length} were given`,
    );
  }
  if (kwargs.size === 0) {
    if (args.length < required) missing(name, parameters[args.length]);
    return args;
  }
  const bound: (Value | undefined)[] = [...args];
  for (const [key, value] of kwargs) {
    const index = parameters.indexOf(key);
    if (index === -1) throw new Fault(`${name} takes no argument '${key}'`);
    if (index < args.length)
      throw new Fault(`${name} got multiple values for the argument '${key}'`);
    bound[index] = value;
  }
  for (let i = 0; i < required; i += 1) {
    if (bound[i] === undefined) missing(name, parameters[i]);
  }
  return bound;
}

function missing(name: string, parameter: string | undefined): never {
  throw new Fault(`${name} needs the argument '${parameter ?? ''}'`);
}
