/** A compiled pattern of Python's `re`, with its methods. */
import {
  Dict,
  OneShot,
  textRepr,
  Tuple,
  type CallContext,
  type HostResult,
  type Kwargs,
  type Value,
  type Waiting,
} from '../../jinja/index.js';
import { Arguments } from '../host-values.js';
import { Pattern } from './pattern.js';
import { MatchedPattern, MatchValue } from './re-match.js';

/** Python's names of flags by their values, in the order in which they are printed. */
export const flagNames: readonly (readonly [name: string, letter: string, value: number])[] = [
  ['TEMPLATE', 'T', 1],
  ['IGNORECASE', 'I', 2],
  ['LOCALE', 'L', 4],
  ['MULTILINE', 'M', 8],
  ['DOTALL', 'S', 16],
  ['UNICODE', 'U', 32],
  ['VERBOSE', 'X', 64],
  ['DEBUG', 'DEBUG', 128],
  ['ASCII', 'A', 256],
];

const unicode = 32;

function flagsText(flags: number): string {
  const names = flagNames.filter(([, , value]) => (flags & value) !== 0);
  return names.map(([name]) => `re.${name}`).join('|');
}

export class PatternValue extends MatchedPattern {
  readonly typeName = 're.Pattern';
  readonly #pattern: Pattern;

  constructor(source: string, flags: number) {
    super();
    this.#pattern = new Pattern(source, flags);
  }

  override toText(): string {
    const { source, translated } = this.#pattern;
    const flags = translated.flags & ~unicode;
    return `re.compile(${textRepr(source)}${flags === 0 ? '' : `, ${flagsText(flags)}`})`;
  }

  groupNamed(name: string): number | undefined {
    return this.#pattern.translated.groupIndex.get(name);
  }

  groupNames(): [string, number][] {
    return [...this.#pattern.translated.groupIndex];
  }

  nameOfGroup(index: number): string | null {
    return this.groupNames().find(([, at]) => at === index)?.[0] ?? null;
  }

  override getAttribute(name: string): Value | undefined {
    const { source, translated } = this.#pattern;
    switch (name) {
      case 'pattern':
        return source;
      case 'flags':
        return translated.flags;
      case 'groups':
        return translated.groups;
      case 'groupindex':
        return new Dict(translated.groupIndex);
      default:
        return undefined;
    }
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
    context: CallContext,
  ): HostResult | undefined {
    const text = (...more: string[]): string =>
      new Arguments(name, ['string', ...more], args, kwargs).text('string');
    switch (name) {
      case 'search':
        return this.#found(this.#pattern.search(text(), 0));
      case 'match':
        return this.#found(this.#pattern.match(text(), 0));
      case 'fullmatch':
        return this.#found(this.#pattern.fullmatch(text()));
      case 'findall':
        return Array.from(this.#pattern.matches(text()), allOf);
      case 'finditer': {
        const found = Array.from(this.#pattern.matches(text()), (m) => new MatchValue(m, this));
        return new OneShot(found, 'callable_iterator');
      }
      case 'split':
        return this.#split(new Arguments(name, ['string', 'maxsplit'], args, kwargs));
      case 'sub':
      case 'subn': {
        const given = new Arguments(name, ['repl', 'string', 'count'], args, kwargs);
        return this.#substitute(given, name === 'subn', context);
      }
      default:
        return undefined;
    }
  }

  #found(match: RegExpExecArray | null): Value {
    return match === null ? null : new MatchValue(match, this);
  }

  #split(given: Arguments): Value[] {
    const text = given.text('string');
    const most = countOf(given.get('maxsplit'));
    const parts: Value[] = [];
    let at = 0;
    let splits = 0;
    for (const match of this.#pattern.matches(text)) {
      if (splits >= most) break;
      parts.push(text.slice(at, match.index), ...match.slice(1).map(orNone));
      at = match.index + match[0].length;
      splits += 1;
    }
    return [...parts, text.slice(at)];
  }

  *#substitute(given: Arguments, isCounted: boolean, context: CallContext): Waiting<Value> {
    const text = given.text('string');
    const most = countOf(given.get('count'));
    const replacement = given.get('repl') ?? null;
    let out = '';
    let at = 0;
    let count = 0;
    for (const match of this.#pattern.matches(text)) {
      if (count >= most) break;
      const value = new MatchValue(match, this);
      const by =
        typeof replacement === 'string'
          ? value.expand(replacement)
          : context.toText(yield* context.call(replacement, [value]));
      out += text.slice(at, match.index) + by;
      at = match.index + match[0].length;
      count += 1;
    }
    out += text.slice(at);
    return isCounted ? new Tuple([out, count]) : out;
  }
}

const orNone = (text: string | undefined): Value => text ?? null;

/** 0 or less is no bound, as in Python. */
function countOf(value: Value | undefined): number {
  return typeof value === 'number' && value > 0 ? value : Infinity;
}

/** One match as findall gives it: its only group, all of its groups, or else the whole. */
function allOf(match: RegExpExecArray): Value {
  const groups = match.slice(1).map((text) => (text as string | undefined) ?? '');
  if (groups.length === 0) return match[0];
  return groups.length === 1 ? (groups[0] ?? '') : new Tuple(groups);
}
