import type { Expression, MacroNode, Parameter, Statement, Target } from './ast.js';
import { lineAndColumn } from './errors.js';
import { parseBlock } from './parse-block.js';
import { parseFromImport, parseImport, parseInclude } from './parse-include.js';
import { ExpressionParser } from './parse-expression.js';
import { didYouMean } from './suggest.js';
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

/** Where an opened block's body ended. */
export interface Ending {
  readonly tag: string;
  /** Offset of the closing tag. */
  readonly at: number;
  /** Offset behind the closing tag when nothing else stands in it. */
  readonly end: number;
}

/** Parses the texts and tags of a template. */
export class StatementParser {
  readonly stream: TokenStream;
  readonly expressions: ExpressionParser;
  readonly blocks: TemplateBlock[] = [];
  /** Makes a template of a part of the body, such as that of a snapshot. */
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

  /** True outside of every block. */
  get atTopLevel(): boolean {
    return this.#open.length === 1;
  }

  /** The statements up to a tag of one of these names, whose name is read too. */
  bodyUntil(...ends: readonly string[]): { body: Statement[]; ending: Ending } {
    const { body, ending } = this.stream.nested(() => this.#statements(ends));
    return { body, ending: ending as Ending };
  }

  /** As bodyUntil, and the closing tag ends behind its name. */
  bodyToEnd(end: string): { body: Statement[]; ending: Ending } {
    const result = this.bodyUntil(end);
    const close = this.stream.expect('tag end');
    return { body: result.body, ending: { ...result.ending, end: close.end } };
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
        return this.#set(at);
      case 'if':
        return this.#if(at);
      case 'for':
        return this.#for(at);
      case 'call':
        return this.#call(at);
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
        const filter = expressions.filterChain();
        stream.expect('tag end');
        const { body } = this.bodyToEnd('endfilter');
        return { kind: 'filter block', filter, body, at };
      }
      case 'with':
        return this.#with(at);
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

  /** Line and column in the file. */
  locate(offset: number): { line: number; column: number } {
    return lineAndColumn(this.stream.template, offset);
  }

  #set(at: number): Statement {
    const stream = this.stream;
    const target = this.target();
    if (stream.skipOperator('=')) {
      const value = this.expressions.expressionOrTuple();
      stream.expect('tag end');
      return { kind: 'set', target, value, at };
    }
    const filter = stream.skipOperator('|') ? this.expressions.filterChain() : undefined;
    stream.expect('tag end');
    if (target.kind === 'targets') stream.fail('A set block takes one name only', target.at);
    const { body } = this.bodyToEnd('endset');
    return { kind: 'set block', target, filter, body, at };
  }

  #if(at: number): Statement {
    const { stream, expressions } = this;
    const branches: { test: Expression; body: Statement[] }[] = [];
    for (;;) {
      const test = expressions.expressionOrTuple(() => expressions.plainExpression());
      stream.expect('tag end');
      const { body, ending } = this.bodyUntil('elif', 'else', 'endif');
      branches.push({ test, body });
      if (ending.tag === 'elif') continue;
      let otherwise: Statement[] = [];
      if (ending.tag === 'else') {
        stream.expect('tag end');
        otherwise = this.bodyUntil('endif').body;
      }
      stream.expect('tag end');
      const waits = branches.some((branch) => branch.test.waits);
      return { kind: 'if', branches, otherwise, waits, at };
    }
  }

  #for(at: number): Statement {
    const { stream, expressions } = this;
    const target = this.target();
    stream.expect('name', 'in');
    const iterable = expressions.expressionOrTuple(() => expressions.plainExpression());
    const filter = stream.skipName('if') ? expressions.expression() : undefined;
    const recursive = stream.skipName('recursive');
    stream.expect('tag end');
    this.#loops += 1;
    const { body, ending } = this.bodyUntil('else', 'endfor');
    this.#loops -= 1;
    let otherwise: Statement[] = [];
    if (ending.tag === 'else') {
      stream.expect('tag end');
      otherwise = this.bodyUntil('endfor').body;
    }
    stream.expect('tag end');
    return { kind: 'for', target, iterable, filter, recursive, body, otherwise, at };
  }

  #with(at: number): Statement {
    const stream = this.stream;
    const assignments: [Target, Expression][] = [];
    while (!stream.is('tag end')) {
      if (assignments.length > 0) stream.expect('operator', ',');
      const target = this.target();
      stream.expect('operator', '=');
      assignments.push([target, this.expressions.expression()]);
    }
    stream.next();
    const { body } = this.bodyToEnd('endwith');
    return { kind: 'with', assignments, body, at };
  }

  #call(at: number): Statement {
    const stream = this.stream;
    const parameters = stream.isOperator('(') ? this.signature() : [];
    const call = this.expressions.unary(true);
    if (call.kind !== 'call') return stream.fail("Expected a call after 'call'", call.at);
    stream.expect('tag end');
    const { macro } = this.macro('caller', parameters, 'endcall', at);
    return { kind: 'call block', call, caller: macro, at };
  }

  /** A name that may be assigned to. */
  assignedName(): string {
    const token = this.stream.expect('name');
    if (/^(?:[Tt]rue|[Ff]alse|[Nn]one)$/.test(token.value)) {
      this.stream.fail(`Cannot assign to '${token.value}'`, token.at);
    }
    return token.value;
  }

  /** `a`, `ns.a`, `a, b` or `(a, b)`. */
  target(): Target {
    const stream = this.stream;
    const at = stream.current.at;
    const targets: Target[] = [];
    let tuple = false;
    for (;;) {
      if (stream.skipOperator('(')) {
        targets.push(stream.nested(() => this.target()));
        stream.expect('operator', ')');
      } else {
        const at = stream.current.at;
        const name = this.assignedName();
        if (stream.skipOperator('.')) {
          targets.push({ kind: 'field', object: name, name: stream.expect('name').value, at });
          this.expressions.onName(name);
        } else {
          targets.push({ kind: 'name', name, at });
        }
      }
      if (!stream.skipOperator(',')) break;
      tuple = true;
      if (stream.isOperator(')') || stream.isOperator('=') || stream.isName('in')) break;
    }
    const [only] = targets;
    return tuple || only === undefined ? { kind: 'targets', targets, at } : only;
  }

  /** `(a, b=1)` of a macro or call block. */
  signature(): Parameter[] {
    const stream = this.stream;
    stream.expect('operator', '(');
    const parameters: Parameter[] = [];
    while (!stream.isOperator(')')) {
      if (parameters.length > 0) {
        stream.expect('operator', ',');
        if (stream.isOperator(')')) break;
      }
      const { at } = stream.current;
      const name = this.assignedName();
      const value = stream.skipOperator('=') ? this.expressions.expression() : undefined;
      if (value === undefined && parameters.at(-1)?.default !== undefined) {
        stream.fail(
          `The parameter '${name}' without a default follows a parameter with a default`,
          at,
        );
      }
      if (parameters.some((other) => other.name === name)) {
        stream.fail(`The parameter '${name}' appears twice`, at);
      }
      parameters.push({ name, default: value });
    }
    stream.next();
    return parameters;
  }

  /** The body of a macro up to its end tag, and what the body uses. */
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
