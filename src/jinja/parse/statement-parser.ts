import { didYouMean } from '../values/suggest.js';
import type { MacroNode, Parameter, Statement } from './ast.js';
import { parseBlock } from './blocks.js';
import { ExpressionParser } from './expression-parser.js';
import { parseFromImport, parseImport, parseInclude } from './includes.js';
import { lineAndColumn } from './place.js';
import { parseFilterChain } from './postfix.js';
import type { Ending, Statements } from './statements.js';
import { parseCallBlock, parseFor, parseIf, parseSet, parseWith } from './tags.js';
import type { Template, TemplateBlock } from './template.js';
import type { TokenStream } from './token-stream.js';

const tags = [
  'set',
  'if',
  'for',
  'macro',
  'call',
  'filter',
  'do',
  'with',
  'break',
  'continue',
  'include',
  'import',
  'from',
  'raw',
  'print',
  'test',
  'data_test',
  'snapshot',
  'materialization',
  'docs',
];
const innerTags = new Set(['elif', 'else']);
const refused: ReadonlyMap<string, string> = new Map([
  ['extends', 'dbt templates do not support inheritance. Use macros.'],
  ['block', 'dbt templates do not support inheritance. Use macros.'],
  ['autoescape', 'Output is never escaped.'],
  ['trans', 'Translations are not supported.'],
]);

/** What the body of a macro uses beside its parameters. */
interface Uses {
  caller: boolean;
  varargs: boolean;
  kwargs: boolean;
}

/** Parses the texts and tags of a template. */
export class StatementParser implements Statements {
  readonly stream: TokenStream;
  readonly expressions: ExpressionParser;
  readonly blocks: TemplateBlock[] = [];
  readonly templateOf: (body: readonly Statement[]) => Template;
  readonly #macros: Uses[] = [];
  readonly #open: { readonly tag: string; readonly at: number }[] = [];
  #loops = 0;

  constructor(stream: TokenStream, templateOf: (body: readonly Statement[]) => Template) {
    this.stream = stream;
    this.templateOf = templateOf;
    this.expressions = new ExpressionParser(stream, (name) => {
      if (name !== 'caller' && name !== 'varargs' && name !== 'kwargs') return;
      for (const uses of this.#macros) uses[name] = true;
    });
  }

  template(): Statement[] {
    return this.#statements([]).body;
  }

  get atTopLevel(): boolean {
    return this.#open.length === 1;
  }

  bodyUntil(...ends: readonly string[]): { body: Statement[]; ending: Ending } {
    const { body, ending } = this.stream.nested(() => this.#statements(ends));
    return { body, ending: ending as Ending };
  }

  bodyToEnd(end: string): { body: Statement[]; ending: Ending } {
    const result = this.bodyUntil(end);
    const close = this.stream.expect('tag end');
    return { body: result.body, ending: { ...result.ending, end: close.end } };
  }

  bodyOfLoop(...ends: readonly string[]): { body: Statement[]; ending: Ending } {
    this.#loops += 1;
    const result = this.bodyUntil(...ends);
    this.#loops -= 1;
    return result;
  }

  #statements(ends: readonly string[]): { body: Statement[]; ending: Ending | undefined } {
    const stream = this.stream;
    const body: Statement[] = [];
    for (;;) {
      const token = stream.next();
      switch (token.type) {
        case 'text':
          body.push({ kind: 'text', text: token.value, at: token.at });
          break;
        case 'output begin': {
          const value = this.expressions.expressionOrTuple();
          stream.expect('output end');
          body.push({ kind: 'output', value, at: token.at });
          break;
        }
        case 'tag begin': {
          const name = stream.expect('name');
          if (ends.includes(name.value)) {
            return { body, ending: { tag: name.value, at: token.at, end: name.end } };
          }
          this.#open.push({ tag: name.value, at: token.at });
          body.push(this.#statement(name.value, token.at));
          this.#open.pop();
          break;
        }
        case 'end':
          if (ends.length > 0) this.#unclosed(ends);
          return { body, ending: undefined };
        default:
          stream.fail(`Unexpected ${stream.describeCurrent()}`, token.at);
      }
    }
  }

  #unclosed(ends: readonly string[]): never {
    const open = this.#open.at(-1);
    const end = ends.at(-1) ?? '';
    this.stream.fail(
      `The tag '${open?.tag ?? ''}' is not closed: '{% ${end} %}' is missing`,
      open?.at,
    );
  }

  #statement(tag: string, at: number): Statement {
    const { stream, expressions } = this;
    switch (tag) {
      case 'set':
        return parseSet(this, at);
      case 'if':
        return parseIf(this, at);
      case 'for':
        return parseFor(this, at);
      case 'call':
        return parseCallBlock(this, at);
      case 'do': {
        const value = expressions.expressionOrTuple();
        stream.expect('tag end');
        return { kind: 'do', value, at };
      }
      case 'print': {
        const value = expressions.expressionOrTuple();
        stream.expect('tag end');
        return { kind: 'output', value, at };
      }
      case 'break':
      case 'continue':
        if (this.#loops === 0) stream.fail(`'${tag}' is outside a loop`, at);
        stream.expect('tag end');
        return { kind: tag, at };
      case 'filter': {
        const filter = parseFilterChain(expressions);
        stream.expect('tag end');
        const { body } = this.bodyToEnd('endfilter');
        return { kind: 'filter block', filter, body, at };
      }
      case 'with':
        return parseWith(this, at);
      case 'include':
        return parseInclude(this, at);
      case 'import':
        return parseImport(this, at);
      case 'from':
        return parseFromImport(this, at);
      default:
        return parseBlock(this, tag, at) ?? this.#unknown(tag, at);
    }
  }

  #unknown(tag: string, at: number): never {
    const open = this.#open.at(-2);
    const why = refused.get(tag);
    if (why !== undefined) this.stream.fail(`The tag '${tag}' is not supported`, at, why);
    if (innerTags.has(tag) || (tag.startsWith('end') && tags.includes(tag.slice(3)))) {
      const hint =
        open === undefined
          ? 'No block is open here.'
          : `The innermost open block is '${open.tag}' of line ${this.locate(open.at).line}.`;
      this.stream.fail(`Unexpected tag '${tag}'`, at, hint);
    }
    const known = [...tags, ...innerTags, ...tags.map((name) => `end${name}`)];
    this.stream.fail(`Unknown tag '${tag}'`, at, didYouMean(tag, known));
  }

  locate(offset: number): { line: number; column: number } {
    return lineAndColumn(this.stream.template, offset);
  }

  macro(
    name: string,
    parameters: readonly Parameter[],
    end: string,
    at: number,
  ): { macro: MacroNode; ending: Ending } {
    const uses: Uses = { caller: false, varargs: false, kwargs: false };
    const loops = this.#loops;
    this.#loops = 0;
    this.#macros.push(uses);
    const { body, ending } = this.bodyToEnd(end);
    this.#macros.pop();
    this.#loops = loops;
    const declared = (special: string): boolean => parameters.some((p) => p.name === special);
    const macro: MacroNode = {
      kind: 'macro',
      name,
      parameters,
      body,
      usesCaller: uses.caller && !declared('caller'),
      usesVarargs: uses.varargs && !declared('varargs'),
      usesKwargs: uses.kwargs && !declared('kwargs'),
      at,
    };
    return { macro, ending };
  }
}
