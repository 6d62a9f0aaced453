import { TechstoreError } from '../../errors.js';
import type { FilterContext, OwnFilters } from '../filters/context.js';
import { applyFilter } from '../filters/filters.js';
import { applyTest } from '../filters/tests.js';
import type { Statement } from '../parse/ast.js';
import { errorAt, excerptOf, lineAndColumn, placeOf, type Located } from '../parse/place.js';
import type { Template } from '../parse/template.js';
import { Fault } from '../values/fault.js';
import { Meter, type Limits } from '../values/limits.js';
import { didYouMean } from '../values/suggest.js';
import { toText } from '../values/text.js';
import { Undefined, type UndefinedMode } from '../values/undefined.js';
import { noArgs, noKwargs, type Kwargs, type Value, type Waiting } from '../values/value.js';
import { callValue, type Rendering } from './call.js';
import { lookupOf, namesOf, type Frame, type Globals, type Lookup } from './frame.js';
import { builtinGlobals } from './globals.js';
import type { Macro } from './macro.js';
import { TextOutput, type Output } from './output.js';
import { ReturnSignal } from './return-signal.js';
import { Trace, type Piece, type Written } from './trace.js';

export interface RenderOptions extends OwnFilters {
  /** What undefined values may be used for. Default 'strict'. */
  readonly undefined?: UndefinedMode;
  /** Bounds of the rendering. Default: defaultLimits. */
  readonly limits?: Partial<Limits>;
  /** Finds the template of an include or import. Default: these tags are errors. */
  readonly loader?: (name: string, from: Located) => Template | undefined;
  /** Keeps where each part of the output comes from. Default false. */
  readonly trace?: boolean;
  /** The names the globals have, for "did you mean". Default: those of a map or record. */
  readonly names?: () => Iterable<string>;
}

/** One macro or included template that is being run, and where it was called. */
interface Call {
  readonly macro: Macro | undefined;
  readonly template: Located;
  readonly at: number;
}

/** What the engine itself says of a text, an array or a bigint past what it can hold. */
const tooLarge = /^Invalid (string|array|typed array) length|^Invalid count|^Maximum BigInt/;

/** How a list of statements ended: at its end, or at a break or continue. */
export type Completion = 'end' | 'break' | 'continue';

/** What runs statements and macros: handed to a runtime, since it needs one itself. */
export interface Interpreter {
  execute(
    nodes: readonly Statement[],
    frame: Frame,
    output: Output,
    runtime: Runtime,
  ): Waiting<Completion>;
  callMacro(macro: Macro, args: readonly Value[], kwargs: Kwargs, runtime: Runtime): Waiting<Value>;
}

/** The state of one rendering. */
export class Runtime implements Rendering, FilterContext {
  readonly options: RenderOptions;
  readonly meter: Meter;
  /** True when values keep their types, as in dbt's YAML files. */
  readonly native: boolean;
  /** The template that runs, and the offset in it of what is evaluated. */
  template: Located;
  at: number;
  /** What the macro wrote that ended last; undefined where none did since it was cleared. */
  written: Written | undefined;
  /** Texts of many lines, which are known again when they are printed later. */
  readonly #blocks: Map<string, Written> | undefined;
  #macro: Macro | undefined;
  readonly #root: Located;
  readonly #calls: Call[] = [];
  readonly #lookup: Lookup;
  readonly #globals: Globals;
  readonly #interpreter: Interpreter;

  constructor(
    template: Located,
    globals: Globals,
    options: RenderOptions,
    interpreter: Interpreter,
    native = false,
  ) {
    this.#interpreter = interpreter;
    this.template = template;
    this.at = 0;
    this.options = options;
    this.native = native;
    this.#root = template;
    this.meter = new Meter(options.limits);
    this.#globals = globals;
    this.#lookup = lookupOf(globals);
    this.#blocks = options.trace === true ? new Map() : undefined;
  }

  newOutput(): TextOutput {
    return new TextOutput(this.meter, this.#blocks === undefined ? undefined : new Trace());
  }

  /** @param macro undefined for a block */
  wrote({ trace, text }: TextOutput, macro: string | undefined): void {
    if (trace === undefined) return;
    const written = { text, macro, pieces: trace.pieces };
    if (macro !== undefined) this.written = written;
    if (text.includes('\n')) this.#blocks?.set(text, written);
  }

  /** A macro gave its value to return(): what it called may have written it. */
  returned(value: Value, macro: string): void {
    if (this.#blocks === undefined) return;
    const written = this.#writtenAs(value);
    const pieces: readonly Piece[] =
      written === undefined
        ? []
        : [
            {
              start: 0,
              template: this.template,
              at: this.at,
              copied: false,
              macro: written.macro,
              inner: written.pieces,
            },
          ];
    this.written = { text: typeof value === 'string' ? value : '', macro, pieces };
    if (pieces.length > 0 && this.written.text.includes('\n'))
      this.#blocks.set(this.written.text, this.written);
  }

  /** Says where a value comes from that is about to be printed. */
  traceValue(trace: Trace, value: Value): void {
    const whole = this.#writtenAs(value);
    trace.value(this.template, this.at, whole ?? this.#writtenIn(value), whole !== undefined);
  }

  /** A filter may have changed what a macro wrote, or more may stand beside it. */
  #writtenIn(value: Value): Written | undefined {
    const text = this.written?.text.trim() ?? '';
    return text !== '' && typeof value === 'string' && value.includes(text)
      ? this.written
      : undefined;
  }

  #writtenAs(value: Value): Written | undefined {
    if (typeof value !== 'string') return undefined;
    return this.written?.text === value ? this.written : this.#blocks?.get(value);
  }

  get mode(): UndefinedMode {
    const mode = this.options.undefined ?? 'strict';
    return mode === 'parsing' && this.template !== this.#root ? 'python' : mode;
  }

  get macro(): Macro | undefined {
    return this.#macro;
  }

  get place(): { file: string; line: number; column: number } {
    return { file: this.template.file, ...lineAndColumn(this.template, this.at) };
  }

  call(callee: Value, args: readonly Value[] = noArgs, kwargs: Kwargs = noKwargs): Waiting<Value> {
    return callValue(callee, args, kwargs, this);
  }

  callMacro(macro: Macro, args: readonly Value[], kwargs: Kwargs): Waiting<Value> {
    return this.#interpreter.callMacro(macro, args, kwargs, this);
  }

  /** Runs statements in a scope. */
  execute(nodes: readonly Statement[], frame: Frame, output: Output): Waiting<Completion> {
    return this.#interpreter.execute(nodes, frame, output, this);
  }

  applyFilter(name: string, value: Value, args: readonly Value[], kwargs: Kwargs): Value {
    return applyFilter(name, value, args, kwargs, this);
  }

  applyTest(name: string, value: Value, args: readonly Value[], kwargs: Kwargs): boolean {
    return applyTest(name, value, args, kwargs, this);
  }

  toText(value: Value): string {
    return toText(value);
  }

  /** The value of a name: of the template's scopes, the host, or the built-in ones. */
  resolve(name: string, frame: Frame): Value {
    // Not `??`: None is null, and a name that is None is found.
    let value = frame.find(name);
    if (value === undefined) value = this.#lookup(name);
    if (value === undefined) value = builtinGlobals.get(name);
    return value === undefined ? this.undefinedName(name, frame) : value;
  }

  undefinedName(name: string, frame: Frame): Undefined {
    return new Undefined(name, this.mode, `'${name}' is undefined`, () => {
      const names = this.options.names?.() ?? namesOf(this.#globals);
      return didYouMean(name, [...frame.names(), ...names, ...builtinGlobals.keys()]);
    });
  }

  undefinedValue(name: string, message: string, hint?: () => string | undefined): Undefined {
    return new Undefined(name, this.mode, message, hint);
  }

  /** An undefined value that prints as an empty text in every mode. */
  emptyValue(): Undefined {
    const mode = this.mode === 'strict' ? 'python' : this.mode;
    const message = 'the inline if-expression evaluated to false and no else section was defined.';
    return new Undefined('', mode, message);
  }

  /** Goes into a macro or another template; `leave` must follow. */
  enter(template: Located, macro: Macro | undefined): void {
    if (this.#calls.length >= this.meter.limits.depth) {
      throw new Fault(
        `More than ${this.meter.limits.depth} macro calls are nested`,
        'Look for a macro that calls itself endlessly.',
      );
    }
    this.meter.step();
    this.#calls.push({ macro: this.#macro, template: this.template, at: this.at });
    this.template = template;
    this.#macro = macro;
  }

  leave(): void {
    const call = this.#calls.pop();
    if (call === undefined) return;
    this.#macro = call.macro;
    this.template = call.template;
    this.at = call.at;
  }

  /** The error to throw for what was thrown at the current place. */
  located(error: unknown): unknown {
    if (error instanceof ReturnSignal) {
      if (this.#calls.length > 0) return error;
      return this.#error('return() is outside a macro');
    }
    if (error instanceof Fault) return this.#error(error.message, error.hint);
    if (error instanceof RangeError && error.message.includes('call stack')) {
      return this.#error('The template is nested too deeply');
    }
    if (error instanceof RangeError && tooLarge.test(error.message)) {
      return this.#error('The template creates a string, list or number that is too large');
    }
    if (error instanceof TechstoreError && error.place === undefined) {
      return new TechstoreError(error.code, error.message, {
        place: placeOf(this.template, this.at),
        excerpt: error.excerpt ?? excerptOf(this.template, this.at),
        stackOfCalls: [...error.stackOfCalls, ...this.#stack()],
        exitCode: error.exitCode,
        cause: error,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      });
    }
    return error;
  }

  #error(message: string, hint?: string): TechstoreError {
    return errorAt(this.template, this.at, message, { hint, stackOfCalls: this.#stack() });
  }

  /** The open macros with the line each has come to, innermost first; then the template. */
  #stack(): string[] {
    const stack: string[] = [];
    let current: Call = { macro: this.#macro, template: this.template, at: this.at };
    for (let i = this.#calls.length - 1; i >= 0; i -= 1) {
      stack.push(describe(current));
      current = this.#calls[i] as Call;
    }
    if (stack.length > 0) stack.push(describe(current));
    return stack;
  }
}

function describe({ macro, template, at }: Call): string {
  const place = `${template.file}:${lineAndColumn(template, at).line}`;
  return macro === undefined ? place : `macro ${macro.name} (${place})`;
}
