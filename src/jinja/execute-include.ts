import type { Expression, FromImportNode, ImportNode, IncludeNode } from './ast.js';
import { Fault } from './errors.js';
import { evaluateWaiting } from './evaluate-waiting.js';
import { executeAll } from './execute.js';
import { Frame } from './frame.js';
import { HostObject, type Waiting } from './host.js';
import { TextOutput, type Output } from './output.js';
import type { Runtime } from './runtime.js';
import { didYouMean } from './suggest.js';
import type { Template } from './template.js';
import { toText } from './text.js';
import { Tuple, type Value } from './values.js';

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
    yield* executeAll(template.body, frame, output, runtime);
  } catch (error) {
    throw runtime.located(error);
  } finally {
    runtime.leave();
  }
}
