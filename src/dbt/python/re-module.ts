/** `modules.re`: Python's regular expressions. */
import { TechstoreError } from '../../errors.js';
import {
  HostObject,
  type ArithmeticOperator,
  type CallContext,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { hostFunction } from '../host-values.js';
import { ModuleValue, ClassLabel } from './module.js';
import { flagNames, PatternValue } from './re-pattern.js';

/** `re.IGNORECASE` and the others: ints that print their names. */
class FlagValue extends HostObject {
  readonly typeName = 'RegexFlag';
  readonly #name: string;
  readonly value: number;

  constructor(name: string, value: number) {
    super();
    this.#name = name;
    this.value = value;
  }

  override toText(): string {
    return `re.${this.#name}`;
  }

  override arithmetic(operator: ArithmeticOperator, other: Value): Value | undefined {
    const value = other instanceof FlagValue ? other.value : other;
    return operator === '+' && typeof value === 'number' ? this.value + value : undefined;
  }

  override equals(other: Value): boolean {
    return other instanceof FlagValue ? other.value === this.value : other === this.value;
  }

  override toHost(): unknown {
    return this.value;
  }
}

function flagsOf(value: Value | undefined): number {
  if (value instanceof FlagValue) return value.value;
  return typeof value === 'number' ? value : 0;
}

const known = new Map<string, PatternValue>();

function patternOf(value: Value | undefined, flags: number): PatternValue {
  if (value instanceof PatternValue) return value;
  if (typeof value !== 'string') {
    throw new TechstoreError('compilation', 'A regular expression must be text');
  }
  const key = `${flags} ${value}`;
  const compiled = known.get(key) ?? new PatternValue(value, flags);
  if (known.size >= 500) known.clear();
  known.set(key, compiled);
  return compiled;
}

/** Parameters of each function behind the pattern, `flags` among them. */
const functions: Readonly<Record<string, readonly string[]>> = {
  search: ['string', 'flags'],
  match: ['string', 'flags'],
  fullmatch: ['string', 'flags'],
  findall: ['string', 'flags'],
  finditer: ['string', 'flags'],
  split: ['string', 'maxsplit', 'flags'],
  sub: ['repl', 'string', 'count', 'flags'],
  subn: ['repl', 'string', 'count', 'flags'],
};

function callPattern(
  name: string,
  parameters: readonly string[],
  args: readonly Value[],
  kwargs: Kwargs,
  context: CallContext,
): HostResult {
  const named = new Map(kwargs);
  const [pattern = named.get('pattern'), ...rest] = args;
  named.delete('pattern');
  rest.forEach((value, i) => named.set(parameters[i] ?? `argument ${i + 2}`, value));
  const flags = flagsOf(named.get('flags'));
  named.delete('flags');
  return patternOf(pattern, flags).callMethod(name, [], named, context) ?? null;
}

const special = /[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g;

export const reModule = new ModuleValue('re', () => {
  const members = new Map<string, Value>();
  for (const [name, parameters] of Object.entries(functions)) {
    const call = hostFunction(name, (args, kwargs, context) =>
      callPattern(name, parameters, args, kwargs, context),
    );
    members.set(name, call);
  }
  members.set(
    'compile',
    hostFunction('compile', (args, kwargs) =>
      patternOf(args[0] ?? kwargs.get('pattern'), flagsOf(args[1] ?? kwargs.get('flags'))),
    ),
  );
  members.set(
    'escape',
    hostFunction('escape', ([text]) =>
      typeof text === 'string' ? text.replace(special, String.raw`\$&`) : null,
    ),
  );
  members.set(
    'purge',
    hostFunction('purge', () => null),
  );
  for (const [name, letter, value] of flagNames) {
    const flag = new FlagValue(name, value);
    members.set(name, flag);
    members.set(letter, flag);
  }
  for (const name of ['error', 'Pattern', 'Match']) members.set(name, new ClassLabel(`re.${name}`));
  return members;
});
