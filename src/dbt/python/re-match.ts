/** What a match of Python's `re` tells. */
import { TechstoreError } from '../../errors.js';
import {
  Dict,
  HostObject,
  textRepr,
  Tuple,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { Arguments } from '../host-values.js';
import { characterAt } from './pattern.js';

/** What a match asks of its pattern. */
export abstract class MatchedPattern extends HostObject {
  abstract groupNamed(name: string): number | undefined;
  abstract groupNames(): [string, number][];
  abstract nameOfGroup(index: number): string | null;
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

export class MatchValue extends HostObject {
  readonly typeName = 're.Match';
  readonly #match: RegExpExecArray;
  readonly #pattern: MatchedPattern;

  constructor(match: RegExpExecArray, pattern: MatchedPattern) {
    super();
    this.#match = match;
    this.#pattern = pattern;
  }

  override toText(): string {
    const [from, to] = this.#span(0);
    return `<re.Match object; span=(${from}, ${to}), match=${textRepr(this.#match[0])}>`;
  }

  override isTrue(): boolean {
    return true;
  }

  get #groups(): readonly (string | undefined)[] {
    return this.#match.slice(1);
  }

  /** @throws TechstoreError when the pattern has no such group */
  #index(group: Value): number {
    const index = typeof group === 'string' ? this.#pattern.groupNamed(group) : group;
    if (typeof index === 'number' && index >= 0 && index < this.#match.length) return index;
    throw new TechstoreError('compilation', 'The regular expression has no such group');
  }

  group(group: Value): string | null {
    return this.#match[this.#index(group)] ?? null;
  }

  #span(group: Value): [number, number] {
    const found = this.#match.indices?.[this.#index(group)];
    if (found === undefined) return [-1, -1];
    const at = (unit: number): number => characterAt(this.#match.input, unit);
    return [at(found[0]), at(found[1])];
  }

  override getItem(key: Value): Value | undefined {
    try {
      return this.group(key);
    } catch {
      return undefined;
    }
  }

  override getAttribute(name: string): Value | undefined {
    const { input } = this.#match;
    switch (name) {
      case 'string':
        return input;
      case 're':
        return this.#pattern;
      case 'pos':
        return 0;
      case 'endpos':
        return characterAt(input, input.length);
      case 'lastindex':
        return this.#lastIndex();
      case 'lastgroup':
        return this.#pattern.nameOfGroup(this.#lastIndex() ?? 0);
      default:
        return undefined;
    }
  }

  /** The group that was closed last: of those that end last the outermost. */
  #lastIndex(): number | null {
    let last: number | null = null;
    let end = -1;
    this.#match.indices?.forEach((span: [number, number] | undefined, i) => {
      if (i === 0 || span === undefined || span[1] <= end) return;
      last = i;
      end = span[1];
    });
    return last;
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    const group = (): Value => new Arguments(name, ['group'], args, kwargs).get('group') ?? 0;
    const otherwise = (): Value =>
      new Arguments(name, ['default'], args, kwargs).get('default') ?? null;
    switch (name) {
      case 'group': {
        if (args.length > 1) return new Tuple(args.map((one) => this.group(one)));
        return this.group(args[0] ?? 0);
      }
      case 'groups': {
        const missing = otherwise();
        return new Tuple(this.#groups.map((text) => text ?? missing));
      }
      case 'groupdict': {
        const missing = otherwise();
        const names = this.#pattern.groupNames();
        return new Dict(names.map(([key, index]) => [key, this.#match[index] ?? missing] as const));
      }
      case 'start':
        return this.#span(group())[0];
      case 'end':
        return this.#span(group())[1];
      case 'span':
        return new Tuple(this.#span(group()));
      case 'expand':
        return this.expand(new Arguments(name, ['template'], args, kwargs).text('template'));
      default:
        return undefined;
    }
  }

  /**
   * Fills the groups into `\1`, `\g<1>` and `\g<name>` of a template.
   *
   * @throws TechstoreError for an escape that Python does not know
   */
  expand(template: string): string {
    return template.replace(
      /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[1-3][0-7]{2})|(\d{1,2})|([\s\S])|$)/g,
      (whole, named?: string, octal?: string, index?: string, char?: string) => {
        if (named !== undefined) {
          return this.group(/^\d+$/.test(named) ? Number(named) : named) ?? '';
        }
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
        if (index !== undefined) return this.group(Number(index)) ?? '';
        const known = escapes[char ?? ''];
        if (known !== undefined) return known;
        if (char === undefined || /[a-zA-Z]/.test(char)) {
          throw new TechstoreError('compilation', `The replacement has a bad escape: ${whole}`);
        }
        return whole;
      },
    );
  }
}
