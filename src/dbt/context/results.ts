/** `statement`, `run_query` and what they keep: `load_result`, `store_result`. */
import {
  Dict,
  isTrue,
  repr,
  toText,
  type CallContext,
  type HostCall,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { TechstoreError } from '../../errors.js';
import type { Backend } from '../backend.js';
import { Arguments, hostFunction, RecordValue } from '../host-values.js';
import { TableValue, type Print, type QueryAnswer } from '../agate/table.js';

/** What the database says of a statement that it ran; dbt-duckdb always says OK. */
class ResponseValue extends RecordValue {
  readonly #message: string;
  readonly #details: readonly Value[];

  constructor(message: string, code: Value = null, rowsAffected: Value = null) {
    const fields: [string, Value][] = [
      ['_message', message],
      ['code', code],
      ['rows_affected', rowsAffected],
      ['query_id', null],
    ];
    // What begins with an underscore is hidden from templates.
    super('AdapterResponse', new Map(fields.slice(1)));
    this.#message = message;
    this.#details = fields.map(([, value]) => value);
  }

  override toText(): string {
    return this.#message;
  }

  override toRepr(): string {
    const [message, code, rows, query] = this.#details.map(repr);
    return `AdapterResponse(_message=${message}, code=${code}, rows_affected=${rows}, query_id=${query})`;
  }

  override isTrue(): boolean {
    return true;
  }
}

const noTable = { columns: [], rows: [] };

/** The functions of one node: they share the results. */
export function resultFunctions(database: () => Backend | null, print: Print): [string, Value][] {
  /** None for one that was loaded: dbt gives each result once. */
  const results = new Map<string, Value>();
  const store = (name: Value | undefined, response: Value, table: TableValue): void => {
    if (typeof name !== 'string') return;
    results.set(
      name,
      new Dict([
        ['response', response],
        ['data', table.data()],
        ['table', table],
      ]),
    );
  };

  const statement: HostCall = function* (args, kwargs, context) {
    const parameters = ['name', 'fetch_result', 'auto_begin', 'language', 'caller'];
    const given = new Arguments('statement', parameters, args, kwargs);
    const caller = given.get('caller');
    const backend = database();
    if (backend === null) return '';
    if (caller === undefined) {
      throw new TechstoreError('compilation', 'statement() needs SQL', {
        hint: "Write {% call statement('name', fetch_result=true) %}select …{% endcall %}.",
      });
    }
    const language = given.get('language') ?? 'sql';
    if (language !== 'sql') {
      throw new TechstoreError('unsupported', `statement() runs SQL, not ${toText(language)}`);
    }
    const sql = context.toText(yield* context.call(caller));
    const answer = (yield backend.query(sql)) as QueryAnswer;
    // What was not asked for is not kept, as in dbt.
    const isFetched = isTrue(given.get('fetch_result') ?? false);
    const kept = isFetched ? answer : noTable;
    store(given.get('name'), new ResponseValue('OK'), TableValue.of(kept, print));
    return '';
  };

  const noopStatement: HostCall = function* (args, kwargs, context) {
    const parameters = ['name', 'message', 'code', 'rows_affected', 'res', 'caller'];
    const given = new Arguments('noop_statement', parameters, args, kwargs);
    const caller = given.get('caller');
    if (caller !== undefined) yield* context.call(caller);
    storeRaw(given, given.get('res'), context);
    return '';
  };

  const storeRaw = (given: Arguments, table: Value | undefined, context: CallContext): void => {
    const response = new ResponseValue(
      context.toText(given.get('message') ?? null),
      given.get('code') ?? null,
      given.get('rows_affected') ?? null,
    );
    store(given.get('name'), response, tableOf(table));
  };

  return [
    ['statement', hostFunction('statement', statement)],
    ['noop_statement', hostFunction('noop_statement', noopStatement)],
    [
      'load_result',
      hostFunction('load_result', (args: readonly Value[], kwargs: Kwargs) => {
        const name = new Arguments('load_result', ['name'], args, kwargs).text('name');
        const result = results.get(name);
        if (result === undefined) return null;
        if (result === null) {
          throw new TechstoreError('compilation', `The result '${name}' was loaded already`, {
            hint: 'Keep it: {% set result = load_result(…) %}.',
          });
        }
        if (name !== 'main') results.set(name, null);
        return result;
      }),
    ],
    [
      'store_result',
      hostFunction('store_result', (args, kwargs) => {
        const given = new Arguments(
          'store_result',
          ['name', 'response', 'agate_table'],
          args,
          kwargs,
        );
        store(given.get('name'), given.get('response') ?? null, tableOf(given.get('agate_table')));
        return '';
      }),
    ],
    [
      'store_raw_result',
      hostFunction('store_raw_result', (args, kwargs, context) => {
        const parameters = ['name', 'message', 'code', 'rows_affected', 'agate_table'];
        const given = new Arguments('store_raw_result', parameters, args, kwargs);
        storeRaw(given, given.get('agate_table'), context);
        return '';
      }),
    ],
    [
      'run_query',
      hostFunction('run_query', (args, kwargs, context) => {
        const given = new Arguments('run_query', ['sql'], args, kwargs);
        const backend = database();
        if (backend === null) return null;
        if (!given.has('sql')) throw new TechstoreError('compilation', 'run_query() needs SQL');
        const sql = context.toText(given.get('sql') ?? null);
        return backend.query(sql).then((answer) => TableValue.of(answer, print));
      }),
    ],
  ];
}

function tableOf(value: Value | undefined): TableValue {
  return value instanceof TableValue ? value : TableValue.of(noTable);
}
