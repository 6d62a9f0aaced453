/** What the command line gives for the parameters of a metric, checked. */
import { TechstoreError } from '../../errors.js';
import type { Parameter } from '../../metrics/metric.js';
import { checkParameters, type Fault, type Values } from '../../metrics/parameters.js';
import { didYouMean } from '../../ground/did-you-mean.js';

/** @throws TechstoreError `usage` with what is valid */
export function valuesOf(
  parameters: Readonly<Record<string, Parameter>>,
  given: Readonly<Record<string, unknown>>,
): Values {
  const { values, faults } = checkParameters(parameters, given, 'terminal');
  const [fault] = faults;
  if (fault !== undefined) throw errorOf(fault, parameters[fault.parameter]);
  return values;
}

function errorOf(fault: Fault, parameter: Parameter | undefined): TechstoreError {
  const given = String(fault.given);
  if (fault.choices.length > 0) {
    const choices = `The choices are: ${fault.choices.join(', ')}.`;
    if (fault.given === undefined) {
      return new TechstoreError('usage', `The ${fault.parameter} is missing`, { hint: choices });
    }
    const near = didYouMean(given, fault.choices);
    return new TechstoreError('usage', `The ${fault.parameter} '${given}' does not exist`, {
      hint: `${near === undefined ? '' : `${near} `}${choices}`,
    });
  }
  const name = parameter?.kind === 'id' ? 'The id' : `--${fault.parameter}`;
  return new TechstoreError(
    'usage',
    `${name} must be ${fault.expected}, not ${/^-?\d+$/.test(given) ? given : `'${given}'`}`,
  );
}
