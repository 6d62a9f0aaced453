import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { loadEnvironment } from '../../src/project/environment.js';
import { loadProfile, type LoadProfileOptions } from '../../src/project/load-profile.js';
import { loadProject } from '../../src/project/load-project.js';
import { errorOf, folderWith } from './in-folder.js';

const profiles = `shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: data/shop.duckdb
    big:
      type: databricks
      host: "https://{{ env_var('SHOP_HOST') }}/"
      http_path: /sql/1.0/warehouses/1
      token: "{{ env_var('SHOP_TOKEN', '') }}"
      catalog: workspace
      schema: shop
      threads: "{{ env_var('SHOP_THREADS', '8') | as_number }}"
    old:
      type: postgres
other:
  outputs:
    default: {type: duckdb}
    named: {type: duckdb, path: 'x.db', schema: raw, threads: 2, extensions: [httpfs]}
`;

/** A stand-in for the Jinja engine that knows env_var alone. */
function renderer(env: Readonly<Record<string, string>>): LoadProfileOptions['render'] {
  return (text) => {
    const out = text.replace(
      /\{\{\s*env_var\('(\w+)'(?:,\s*'([^']*)')?\)[^}]*\}\}/g,
      (_all, name: string, fallback: string | undefined) => {
        const value = env[name] ?? fallback;
        if (value === undefined) {
          throw new TechstoreError('compilation', `Env var required but not provided: '${name}'`);
        }
        return value;
      },
    );
    return text.includes('as_number') ? Number(out) : out;
  };
}

function profileOf(
  options: Partial<LoadProfileOptions> = {},
  env: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  const root = folderWith({
    'dbt_project.yml': 'name: shop\nprofile: shop\n',
    'profiles.yml': profiles,
    ...files,
  });
  const full = { HOME: join(root, 'home'), ...env };
  return {
    root,
    load: () => loadProfile(loadProject(root), { env: full, render: renderer(full), ...options }),
  };
}
const failure = (...args: Parameters<typeof profileOf>) => errorOf(profileOf(...args).load);

describe('a DuckDB target', () => {
  it('is the default of its profile; its path starts at the project', () => {
    const { root, load } = profileOf();
    expect(load()).toEqual({
      name: 'shop',
      targetName: 'dev',
      targetNames: ['dev', 'big', 'old'],
      file: join(root, 'profiles.yml'),
      threads: 4,
      warnings: [],
      target: {
        type: 'duckdb',
        path: join(root, 'data/shop.duckdb'),
        pathAsWritten: 'data/shop.duckdb',
        database: 'shop',
        schema: 'main',
        extensions: [],
        settings: {},
        root,
        externalRoot: '.',
      },
    });
  });
  it('named default needs no target key, and lies in memory without a path', () => {
    expect(profileOf({ profile: 'other' }).load()).toMatchObject({
      targetName: 'default',
      target: { pathAsWritten: 'target/memory.duckdb', isMemory: true, database: 'memory' },
    });
  });
  it('takes what the target sets, and --threads over it', () => {
    const { load } = profileOf({ profile: 'other', target: 'named', threads: 7 });
    expect(load()).toMatchObject({
      threads: 7,
      target: { database: 'x', schema: 'raw', extensions: ['httpfs'] },
    });
  });
  it('must not name another database than its file', () => {
    const yaml = 'shop: {outputs: {default: {type: duckdb, path: a.db, database: b}}}\n';
    expect(failure({}, {}, { 'profiles.yml': yaml }).message).toMatch(
      /'b' does not match the path/,
    );
  });
  // As `select current_database()` answers in DuckDB 1.5 and `target.database` in dbt-duckdb.
  it.each([
    ['a.b.duckdb', 'a'],
    ['data/shop', 'shop'],
    ['.h.duckdb', 'h'],
    ['main.duckdb', 'main_db'],
    ['Memory.db', 'Memory'],
  ])('names the database of %s as DuckDB does', (path, database) => {
    const yaml = `shop: {outputs: {default: {type: duckdb, path: ${path}}}}\n`;
    expect(profileOf({}, {}, { 'profiles.yml': yaml }).load()).toMatchObject({
      target: { database },
    });
  });
  it.each([
    ['a   .duckdb', 'which begins or ends with a blank'],
    [' a.duckdb', 'which begins or ends with a blank'],
    ['Main.duckdb', 'which is one of DuckDB itself'],
  ])("refuses the file '%s', after which no database can be named", (path, why) => {
    const yaml = `shop: {outputs: {default: {type: duckdb, path: "${path}"}}}\n`;
    const error = failure({}, {}, { 'profiles.yml': yaml });
    expect(error.message).toContain(why);
    expect(error.place).toMatchObject({ line: 1 });
  });
  it('must be a file', () => {
    const yaml = 'shop: {outputs: {default: {type: duckdb, path: "md:shop"}}}\n';
    expect(failure({}, {}, { 'profiles.yml': yaml }).code).toBe('unsupported');
  });
  it('refuses what would change what is read', () => {
    const yaml = 'shop:\n  outputs:\n    default:\n      type: duckdb\n      remote: {host: b}\n';
    const error = failure({}, {}, { 'profiles.yml': yaml });
    expect(error.message).toBe("'remote' cannot be used");
    expect(error.place).toEqual({ file: 'profiles.yml', line: 5, column: 7 });
  });
  it.each([
    [
      'config_options: {lock_configuration: 1}',
      'cannot be set: later settings could not be applied',
    ],
    [
      'attach: [{path: b.db, type: postgres}]',
      "Databases of the type 'postgres' cannot be attached",
    ],
    ['attach: [{path: b.db, options: {block_size: 1}}]', "The option 'block_size' of an attached"],
    ['attach: [{path: "md:b"}]', "The database 'md:b' is not a file on this machine"],
    ['secrets: [{name: x}]', 'type'],
    ['extensions: [{name: x, repo: community}]', 'must be text'],
    ['extensions: ["a/b"]', 'must be the name of an extension'],
    ['settings: {Lock_Configuration: true}', 'cannot be set: later settings could not be applied'],
    ['settings: {threads: [1]}', 'must be text, a number, true or false'],
    ['settings: {threads: null}', 'must be text, a number, true or false'],
  ])('refuses %s', (key, message) => {
    const yaml = `shop: {outputs: {default: {type: duckdb, ${key}}}}\n`;
    expect(failure({}, {}, { 'profiles.yml': yaml }).message).toContain(message);
  });
  it('takes attached databases and secrets, and shows no secret', () => {
    const yaml = `shop: {outputs: {default: {type: duckdb, path: a.db, attach: [{path: b.db, read_only: true}], secrets: [{type: s3, key_id: k, secret: hidden-key, scope: [x, y]}]}}}\n`;
    const { target } = profileOf({}, {}, { 'profiles.yml': yaml }).load();
    expect(target).toMatchObject({ attach: [{ alias: 'b', type: 'duckdb', readOnly: true }] });
    expect(JSON.stringify(target)).not.toContain('hidden-key');
    const [sql] = 'secrets' in target ? (target.secrets ?? []) : [];
    // As dbt-duckdb's Secret.to_sql writes it.
    expect(sql?.reveal().replace(/\s+/g, ' ')).toBe(
      "CREATE OR REPLACE SECRET _dbt_secret_1 ( type s3, key_id 'k', secret 'hidden-key', scope 'x', scope 'y' )",
    );
  });
  it('takes settings, and tells keys that have no effect', () => {
    const yaml =
      'shop: {outputs: {default: {type: duckdb, settings: {threads: 2, TimeZone: UTC}, retries: {}, constructor: 1}}}\n';
    const { target, warnings } = profileOf({}, {}, { 'profiles.yml': yaml }).load();
    expect(target).toMatchObject({ settings: { threads: 2, TimeZone: 'UTC' } });
    expect(warnings.map((warning) => warning.message)).toEqual([
      "'retries' of the target has no effect",
      "shop.outputs.default: the key 'constructor' is unknown and is ignored",
    ]);
  });
  it('warns of keys that it does not know', () => {
    const yaml = 'shop: {outputs: {default: {type: duckdb, scheme: x}}}\n';
    expect(profileOf({}, {}, { 'profiles.yml': yaml }).load().warnings[0]).toMatchObject({
      message: "shop.outputs.default: the key 'scheme' is unknown and is ignored",
      hint: "Did you mean 'schema'?",
    });
  });
});

describe('a Databricks target', () => {
  const env = { SHOP_HOST: 'shop.example', SHOP_TOKEN: 'dapi-secret' };

  it('is rendered and checked', () => {
    expect(profileOf({ target: 'big' }, env).load()).toMatchObject({
      threads: 8,
      target: {
        type: 'databricks',
        host: 'shop.example',
        httpPath: '/sql/1.0/warehouses/1',
        database: 'workspace',
        schema: 'shop',
      },
    });
  });
  it('never shows its token', () => {
    const profile = profileOf({ target: 'big' }, env).load();
    const shown = `${inspect(profile, { depth: 9 })}${JSON.stringify(profile)}`;
    expect(shown).not.toContain('dapi-secret');
    if (profile.target.type !== 'databricks') throw new Error('wrong type');
    if (profile.target.auth.kind !== 'token') throw new Error('wrong kind');
    expect(`${profile.target.auth.token.toString()}`).toBe('***');
    expect(profile.target.auth.token.reveal()).toBe('dapi-secret');
  });
  it('tells which variable to set where a value is empty', () => {
    const error = failure({ target: 'big' }, { SHOP_HOST: 'shop.example' });
    expect(error.message).toBe('token is empty');
    expect(error.hint).toMatch(/^Set SHOP_TOKEN in the environment/);
    expect(error.place).toEqual({ file: 'profiles.yml', line: 11, column: 14 });
  });
  it('tells which variable is missing', () => {
    const error = failure({ target: 'big' });
    expect(error.code).toBe('profile');
    expect(error.message).toMatch(/SHOP_HOST/);
    expect(error.hint).toMatch(/^Set SHOP_HOST/);
    expect(error.place?.line).toBe(9);
  });
  it('does not show a token that stands in the file', () => {
    const yaml =
      'shop:\n  outputs:\n    default:\n      type: databricks\n      token: dapi-secret\n      host: []\n';
    const error = failure({}, {}, { 'profiles.yml': yaml });
    expect(inspect(error)).not.toContain('dapi-secret');
    expect(error.message).toContain('http_path');
  });
  it('of a service principal takes its id and its secret, and never shows the secret', () => {
    const yaml = `shop:
  outputs:
    default:
      type: databricks
      auth_type: oauth
      host: https://shop.example/
      http_path: /sql/1.0/warehouses/1
      catalog: workspace
      schema: shop
      client_id: abc
      client_secret: dose-secret
      ca_file: ca.pem
`;
    const profile = profileOf({}, {}, { 'profiles.yml': yaml }).load();
    if (profile.target.type !== 'databricks') throw new Error('wrong type');
    expect(profile.target).toMatchObject({ host: 'shop.example', auth: { clientId: 'abc' } });
    expect(profile.target.caFile).toMatch(/^\/.*\/ca\.pem$/);
    expect(`${inspect(profile, { depth: 9 })}${JSON.stringify(profile)}`).not.toContain('dose-');
    const without = yaml.replace('      client_secret: dose-secret\n', '');
    expect(failure({}, {}, { 'profiles.yml': without }).message).toContain(
      "'client_secret' is missing",
    );
    const half = yaml.replace('auth_type: oauth', 'token: x');
    expect(failure({}, {}, { 'profiles.yml': half }).message).toMatch(
      /'client_id' cannot be used[^]*Set auth_type to oauth/,
    );
  });
  it('does not show a token of the wrong type', () => {
    const yaml = `shop: {outputs: {default: {type: databricks, token: 12345678901}}}\n`;
    expect(failure({}, {}, { 'profiles.yml': yaml }).message).not.toContain('12345678901');
  });
});

describe('what cannot be found', () => {
  it('a profile: the others are listed', () => {
    const error = failure({ profile: 'shops' });
    expect(error.message).toBe("profiles.yml has no profile 'shops'");
    expect(error.hint).toBe("Did you mean 'shop'? Its profiles: shop, other.");
  });
  it('a target: the others are listed', () => {
    const error = failure({ target: 'dex' });
    expect(error.message).toBe("The profile 'shop' has no target 'dex'");
    expect(error.hint).toBe("Did you mean 'dev'? Its targets: dev, big, old.");
  });
  it('a default target', () => {
    const yaml = 'shop: {outputs: {dev: {type: duckdb}}}\n';
    const error = failure({}, {}, { 'profiles.yml': yaml });
    expect(error.message).toMatch(/sets no default target/);
    expect(error.hint).toMatch(/target: dev/);
  });
  it('outputs', () => {
    expect(failure({}, {}, { 'profiles.yml': 'shop: {target: dev}\n' }).message).toBe(
      "The profile 'shop' has no outputs",
    );
  });
  it('an adapter', () => {
    const error = failure({ target: 'old' });
    expect(error.message).toBe(
      "The target 'old' has the type 'postgres'; supported types are duckdb and databricks",
    );
    expect(error.place).toEqual({ file: 'profiles.yml', line: 16, column: 13 });
  });
  it('the name of a profile', () => {
    const error = failure({}, {}, { 'dbt_project.yml': 'name: shop\n' });
    expect(error.message).toBe('dbt_project.yml does not name a profile');
  });
  it('a folder that was named, without looking elsewhere', () => {
    expect(failure({ profilesDir: '/nowhere' }).message).toBe(
      'profiles.yml was not found in /nowhere',
    );
    expect(failure({}, { DBT_PROFILES_DIR: '/nowhere' }).message).toMatch(/nowhere/);
  });
});

describe('where profiles.yml is found', () => {
  it('in ~/.dbt where the project has none', () => {
    const root = folderWith({
      'dbt_project.yml': 'name: shop\nprofile: other\n',
      'home/.dbt/profiles.yml': profiles,
    });
    const options = { env: { HOME: join(root, 'home') }, render: (text: string) => text };
    expect(loadProfile(loadProject(root), options).file).toBe(join(root, 'home/.dbt/profiles.yml'));
  });
  it('in DBT_PROFILES_DIR before the project', () => {
    const elsewhere = folderWith({ 'profiles.yml': 'shop: {outputs: {default: {type: duckdb}}}' });
    const { load } = profileOf({}, { DBT_PROFILES_DIR: elsewhere });
    expect(load()).toMatchObject({ targetName: 'default', file: join(elsewhere, 'profiles.yml') });
  });
});

describe('.env', () => {
  it('fills what the environment lacks and never overrides it', () => {
    const root = folderWith({ '.env': "A=from file\nB='quoted # text'\nexport C=3\n" });
    const env = loadEnvironment(root, { A: 'real', D: '' });
    expect(env).toMatchObject({ A: 'real', B: 'quoted # text', D: '' });
  });
  it('need not be there', () => {
    expect(loadEnvironment(folderWith({}), { A: '1' })).toEqual({ A: '1' });
  });
});
