import type { Expression, FromImportNode, ImportNode, IncludeNode } from '../parse/ast.js';
import type { Template } from '../parse/template.js';
import { Fault } from '../values/fault.js';
import { didYouMean } from '../values/suggest.js';
import { toText } from '../values/text.js';
import { HostObject, Tuple, type Value, type Waiting } from '../values/value.js';
import { evaluateWaiting } from './evaluate-waiting.js';
import { Frame } from './frame.js';
import { TextOutput, type Output } from './output.js';
import type { Runtime } from './runtime.js';

/** The names of an imported template, as `{% import 'x' as module %}` gives them. */
class Module extends HostObject {
  readonly typeName = 'TemplateModule';
  readonly #names: ReadonlyMap<string, Value>;
  readonly #file: string;

  constructor(file: string, names: ReadonlyMap<string, Value>) {
    super();
    this.#file = file;
    this.#names = names;
  }

  override toText(): string {
    return `<TemplateModule '${this.#file}'>`;
  }

  override getAttribute(name: string): Value | undefined {
    return name.startsWith('_') ? undefined : this.#names.get(name);
  }

  names(): Iterable<string> {
    return this.#names.keys();
  }
}

export function* executeInclude(
  node: IncludeNode,
  frame: Frame,
  output: Output,
  runtime: Runtime,
): Waiting<void> {
  const template = yield* load(node.template, node.ignoreMissing, frame, runtime);
  if (template === undefined) return;
  runtime.at = node.at;
  yield* runTemplate(template, new Frame(node.withContext ? frame : undefined), output, runtime);
}

export function* executeImport(node: ImportNode, frame: Frame, runtime: Runtime): Waiting<void> {
  frame.set(node.name, yield* importModule(node, frame, runtime));
}

export function* executeFromImport(
  node: FromImportNode,
  frame: Frame,
  runtime: Runtime,
): Waiting<void> {
  const module = yield* importModule(node, frame, runtime);
  for (const [name, alias] of node.names) {
    const value = module.getAttribute(name);
    const message = `the imported template does not export '${name}'`;
    const hint = (): string | undefined => didYouMean(name, module.names());
    frame.set(alias, value === undefined ? runtime.undefinedValue(name, message, hint) : value);
  }
}

function* importModule(
  node: ImportNode | FromImportNode,
  frame: Frame,
  runtime: Runtime,
): Waiting<Module> {
  const template = (yield* load(node.template, false, frame, runtime)) as Template;
  runtime.at = node.at;
  const scope = new Frame(node.withContext ? frame : undefined);
  yield* runTemplate(template, scope, new TextOutput(runtime.meter), runtime);
  return new Module(template.file, scope.own());
}

function* load(
  expression: Expression,
  mayMiss: boolean,
  frame: Frame,
  runtime: Runtime,
): Waiting<Template | undefined> {
  const value = yield* evaluateWaiting(expression, frame, runtime);
  runtime.at = expression.at;
  const { loader } = runtime.options;
  if (loader === undefined) {
    throw new Fault(
      'Other templates cannot be included or imported here',
      'Macros of the project are available everywhere without an import.',
    );
  }
  const names = Array.isArray(value) ? value : value instanceof Tuple ? value.items : [value];
  for (const name of names) {
    if (typeof name !== 'string') throw new Fault('The name of a template must be text');
    const template = loader(name, runtime.template);
    if (template !== undefined) return template;
  }
  if (mayMiss) return undefined;
  throw new Fault(`There is no template '${names.map(toText).join("', '")}'`);
}

function* runTemplate(
  template: Template,
  frame: Frame,
  output: Output,
  runtime: Runtime,
): Waiting<void> {
  runtime.enter(template, undefined);
  try {
    yield* runtime.execute(template.body, frame, output);
  } catch (error) {
    throw runtime.located(error);
  } finally {
    runtime.leave();
  }
}
