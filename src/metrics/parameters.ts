/** Checks what a user gave for the parameters of a metric. */
import type { Param } from '../engine/engine.js';
import type { Parameter, Surface } from './metric.js';

/** Values by the names of the parameters, ready to be bound. */
export type Values = Readonly<Record<string, Param>>;

export interface Fault {
  readonly parameter: string;
  readonly given: unknown;
  /** What it must be, to go behind `must be`: `a whole number from 1 to 100`. */
  readonly expected: string;
  /** The valid values, where they can be listed. */
  readonly choices: readonly string[];
}

/**
 * Values with defaults in place of what is missing, or what is wrong with them. In the
 * terminal the case of a choice does not matter.
 */
export function checkParameters(
  parameters: Readonly<Record<string, Parameter>>,
  given: Readonly<Record<string, unknown>>,
  surface: Surface,
): { readonly values: Values; readonly faults: readonly Fault[] } {
  const values: Record<string, Param> = {};
  const faults: Fault[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = valueOf(parameter, given[name], surface);
    if (value !== undefined) values[name] = value;
    else faults.push(faultOf(name, parameter, given[name], surface));
  }
  return { values, faults };
}

function valueOf(parameter: Parameter, given: unknown, surface: Surface): Param | undefined {
  switch (parameter.kind) {
    case 'number': {
      if (given === undefined) return parameter.default;
      const number = wholeNumber(given);
      const [least, most] = parameter.range[surface];
      return number === undefined || number < least || number > most ? undefined : Number(number);
    }
    case 'id': {
      const number = wholeNumber(given);
      // Ids are BIGINT, and a text keeps all of their digits.
      return number === undefined || BigInt.asIntN(64, number) !== number
        ? undefined
        : String(number);
    }
    case 'choice':
      return parameter.choices.find((choice) =>
        surface === 'terminal'
          ? choice.toLowerCase() === String(given).toLowerCase()
          : choice === given,
      );
  }
}

function wholeNumber(given: unknown): bigint | undefined {
  const text = typeof given === 'number' ? String(given) : given;
  return typeof text === 'string' && /^-?\d{1,30}$/.test(text) ? BigInt(text) : undefined;
}

function faultOf(parameter: string, of: Parameter, given: unknown, surface: Surface): Fault {
  switch (of.kind) {
    case 'number': {
      const [least, most] = of.range[surface];
      return {
        parameter,
        given,
        expected: `a whole number from ${least} to ${most}`,
        choices: [],
      };
    }
    case 'id':
      return {
        parameter,
        given,
        expected: /^-?\d+$/.test(String(given))
          ? `a whole number from ${-(2n ** 63n)} to ${2n ** 63n - 1n}`
          : 'a whole number',
        choices: [],
      };
    case 'choice':
      return {
        parameter,
        given,
        expected: `one of ${of.choices.join(', ')}`,
        choices: of.choices,
      };
  }
}
