/** `exceptions`: functions of dbt that stop a template, and `warn`. */
import { TechstoreError } from '../../errors.js';
import { toText, type Value } from '../../jinja/index.js';
import { Arguments, hostFunction, MappingValue } from '../host-values.js';
import type { Session } from '../session.js';

type Problem = (given: Arguments) => string;

const shown = (given: Arguments, name: string): string => {
  const value = given.get(name) ?? null;
  return typeof value === 'string' ? value : toText(value);
};

/** The name of a node, whose other fields would only make the message long. */
function nodeName(given: Arguments, name: string): string {
  const value = given.get(name);
  if (value !== null && typeof value === 'object' && 'get' in value) {
    const found: unknown = (value as { get(key: string): unknown }).get('unique_id');
    if (typeof found === 'string') return found;
  }
  return shown(given, name);
}

const message: Problem = (given) => shown(given, 'msg');

/** Parameters of each function, and what its error says. */
const problems: Readonly<Record<string, readonly [parameters: readonly string[], say: Problem]>> = {
  raise_compiler_error: [['msg', 'node'], message],
  raise_not_implemented: [['msg'], message],
  raise_database_error: [['msg', 'node'], message],
  raise_dependency_error: [['msg'], message],
  raise_fail_fast_error: [['msg', 'node'], message],
  raise_cache_inconsistent: [['message'], (g) => shown(g, 'message')],
  missing_config: [
    ['model', 'name'],
    (g) => `${nodeName(g, 'model')} does not have the config '${shown(g, 'name')}', which it needs`,
  ],
  missing_materialization: [
    ['model', 'adapter_type'],
    (g) => `There is no materialization for ${nodeName(g, 'model')} on ${shown(g, 'adapter_type')}`,
  ],
  missing_relation: [
    ['relation', 'model'],
    (g) => `The relation ${shown(g, 'relation')} does not exist`,
  ],
  relation_wrong_type: [
    ['relation', 'expected_type', 'model'],
    (g) => `${shown(g, 'relation')} is not a ${shown(g, 'expected_type')}`,
  ],
  raise_ambiguous_alias: [
    ['node_1', 'node_2', 'duped_name'],
    (g) => `${nodeName(g, 'node_1')} and ${nodeName(g, 'node_2')} have the same relation`,
  ],
  raise_ambiguous_catalog_match: [
    ['unique_id', 'match_1', 'match_2'],
    (g) => `The database has two relations for ${shown(g, 'unique_id')}`,
  ],
  raise_contract_error: [
    ['yaml_columns', 'sql_columns'],
    () => 'The columns of the SQL are not those of the contract',
  ],
  raise_dataclass_not_dict: [['obj'], (g) => `A dict is needed, not ${shown(g, 'obj')}`],
  raise_dep_not_found: [
    ['node', 'node_description', 'required_pkg'],
    (g) => `${shown(g, 'node_description')} needs the package ${shown(g, 'required_pkg')}`,
  ],
  raise_duplicate_patch_name: [
    ['patch_1', 'existing_patch_path'],
    (g) => `A resource is described twice; also in ${shown(g, 'existing_patch_path')}`,
  ],
  raise_duplicate_resource_name: [
    ['node_1', 'node_2'],
    (g) => `${nodeName(g, 'node_1')} and ${nodeName(g, 'node_2')} have the same name`,
  ],
  raise_invalid_property_yml_version: [
    ['path', 'issue'],
    (g) => `${shown(g, 'path')} is not valid: ${shown(g, 'issue')}`,
  ],
  column_type_missing: [
    ['column_names'],
    (g) => `These columns of the contract have no data_type: ${shown(g, 'column_names')}`,
  ],
};

export function exceptionsValue(session: Session): Value {
  const members = new Map<string, Value>();
  for (const [name, [parameters, say]] of Object.entries(problems)) {
    const stop = hostFunction(name, (args, kwargs) => {
      throw new TechstoreError('compilation', say(new Arguments(name, parameters, args, kwargs)));
    });
    members.set(name, stop);
  }
  members.set(
    'warn',
    hostFunction('warn', (args, kwargs, context) => {
      const given = new Arguments('warn', ['msg', 'node'], args, kwargs);
      session.log.warn(context.toText(given.get('msg') ?? ''));
      return '';
    }),
  );
  members.set(
    'warn_snapshot_timestamp_data_types',
    hostFunction('warn_snapshot_timestamp_data_types', (args, kwargs) => {
      const names = ['snapshot_time_data_type', 'updated_at_data_type'];
      const given = new Arguments('warn_snapshot_timestamp_data_types', names, args, kwargs);
      const [time, updated] = names.map((name) => shown(given, name));
      session.log.warn(
        `The time of the snapshot is ${time ?? ''}, but updated_at is ${updated ?? ''}`,
      );
      return '';
    }),
  );
  return new MappingValue('dict', members);
}
