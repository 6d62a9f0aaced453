/** Further functions of dbt that belong to one node. */
import { TechstoreError } from '../../errors.js';
import {
  parseTemplate,
  renderAsync,
  renderSync,
  type CallContext,
  type Lookup,
  type Value,
} from '../../jinja/index.js';
import { Arguments, hostFunction } from '../host-values.js';
import { asDbtRuns } from '../undefined-names.js';

interface Services {
  readonly execute: boolean;
}

export function smallFunctions(services: Services, lookup: () => Lookup): [string, Value][] {
  const render = hostFunction('render', (args, kwargs, { place }) => {
    const text = new Arguments('render', ['string'], args, kwargs).text('string');
    const template = parseTemplate(text, { file: place.file, firstLine: place.line });
    if (!services.execute) return renderSync(template, lookup(), asDbtRuns);
    return renderAsync(template, lookup(), asDbtRuns);
  });
  const setSqlHeader = hostFunction('set_sql_header', function* (args, kwargs, context) {
    const [config = null] = args;
    const caller = kwargs.get('caller');
    if (caller === undefined) {
      throw new TechstoreError('compilation', 'set_sql_header() needs a text', {
        hint: 'Write {% call set_sql_header(config) %}…{% endcall %}.',
      });
    }
    const header = context.toText(yield* context.call(caller));
    yield* callMethod(context, config, 'set', ['sql_header', header]);
    return '';
  });
  const orError = hostFunction('try_or_compiler_error', function* (args, kwargs, context) {
    const [message = '', callee = null, ...rest] = args;
    try {
      return yield* context.call(callee, rest, kwargs);
    } catch (error) {
      if (error instanceof TechstoreError && error.code === 'interrupted') throw error;
      throw new TechstoreError('compilation', context.toText(message), { cause: error });
    }
  });
  // What dbt writes to target/run is written here by the runner.
  const write = hostFunction('write', () => '');
  return [
    ['render', render],
    ['set_sql_header', setSqlHeader],
    ['try_or_compiler_error', orError],
    ['write', write],
  ];
}

function* callMethod(
  context: CallContext,
  object: Value,
  name: string,
  args: readonly Value[],
): Generator<Promise<unknown>, void, unknown> {
  const method = hostFunction(name, () => {
    if (object === null || typeof object !== 'object' || !('callMethod' in object)) return null;
    return object.callMethod?.(name, args, new Map(), context) ?? null;
  });
  yield* context.call(method);
}
