import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverFiles } from '../../src/project/discover-files.js';
import type { ProjectFile } from '../../src/project/project-file.js';
import { loadProject } from '../../src/project/load-project.js';
import { readText } from '../../src/project/read-text.js';
import { errorOf, folderWith } from './in-folder.js';

const names = (files: readonly ProjectFile[]) => files.map((file) => file.originalFilePath);

function project(files: Record<string, string | Uint8Array>, yaml = 'name: shop\n') {
  return loadProject(folderWith({ 'dbt_project.yml': yaml, ...files }));
}

describe('discoverFiles', () => {
  it('sorts files into resources', () => {
    const found = discoverFiles(
      project({
        'models/gold/b.sql': '',
        'models/a.sql': '',
        'models/a.yml': '',
        'models/docs.md': '',
        'models/notes.txt': '',
        'seeds/s.csv': '',
        'seeds/s.yaml': '',
        'tests/t.sql': '',
        'tests/generic/g.sql': '',
        'tests/fixtures/f.csv': '',
        'tests/fixtures/f.sql': '',
        'analyses/an.sql': '',
        'macros/m.sql': '',
        'macros/m.yml': '',
        'snapshots/sn.sql': '',
      }),
    );
    expect(names(found.models)).toEqual(['models/a.sql', 'models/gold/b.sql']);
    expect(names(found.seeds)).toEqual(['seeds/s.csv']);
    expect(names(found.singularTests)).toEqual(['tests/t.sql']);
    expect(names(found.genericTests)).toEqual(['tests/generic/g.sql']);
    expect(names(found.fixtures)).toEqual(['tests/fixtures/f.csv', 'tests/fixtures/f.sql']);
    expect(names(found.analyses)).toEqual(['analyses/an.sql']);
    expect(names(found.macros)).toEqual(['macros/m.sql']);
    expect(names(found.snapshots)).toEqual(['snapshots/sn.sql']);
    expect(names(found.docs)).toEqual(['models/docs.md']);
    expect(names(found.properties)).toEqual(['macros/m.yml', 'models/a.yml', 'seeds/s.yaml']);
  });

  it('gives paths inside the folder and inside the project', () => {
    const shop = project(
      { 'dbt/models/gold/b.sql': '' },
      'name: shop\nmodel-paths: [dbt/models]\n',
    );
    expect(discoverFiles(shop).models).toEqual([
      {
        absolutePath: join(shop.root, 'dbt/models/gold/b.sql'),
        folder: 'dbt/models',
        path: 'gold/b.sql',
        originalFilePath: 'dbt/models/gold/b.sql',
      },
    ]);
  });

  it('sorts by code points', () => {
    const files = {
      'models/b.sql': '',
      'models/B.sql': '',
      'models/a_b.sql': '',
      'models/é.sql': '',
    };
    expect(names(discoverFiles(project(files)).models)).toEqual([
      'models/B.sql',
      'models/a_b.sql',
      'models/b.sql',
      'models/é.sql',
    ]);
  });

  it('passes over hidden and generated folders', () => {
    const yaml = 'name: shop\nmodel-paths: ["."]\ntarget-path: out\n';
    const files = {
      'a.sql': '',
      '.git/b.sql': '',
      'out/c.sql': '',
      'logs/d.sql': '',
      'node_modules/e.sql': '',
      '.venv/f.sql': '',
      'dbt_packages/g.sql': '',
      '.hidden.sql': '',
    };
    expect(names(discoverFiles(project(files, yaml)).models)).toEqual(['a.sql']);
  });

  it('lists a file once where folders overlap', () => {
    const yaml = 'name: shop\nmodel-paths: [models, models/gold]\n';
    expect(names(discoverFiles(project({ 'models/gold/a.sql': '' }, yaml)).models)).toHaveLength(1);
  });

  it('does not follow a link round and round', () => {
    const shop = project({ 'models/a.sql': '' });
    mkdirSync(join(shop.root, 'models/sub'));
    symlinkSync(join(shop.root, 'models'), join(shop.root, 'models/sub/up'));
    expect(names(discoverFiles(shop).models)).toEqual(['models/a.sql']);
  });

  it('takes missing folders for empty ones', () => {
    expect(discoverFiles(project({})).models).toEqual([]);
  });

  it('refuses Python models', () => {
    const error = errorOf(() => discoverFiles(project({ 'models/a.py': '', 'models/b.py': '' })));
    expect(error.code).toBe('unsupported');
    expect(error.message).toMatch(/^models\/a\.py is a Python model \(and 1 more\)/);
  });
});

describe('readText', () => {
  it('drops a byte order mark', () => {
    const root = folderWith({ 'a.sql': '\uFEFFselect 1' });
    expect(readText(join(root, 'a.sql'), 'a.sql')).toBe('select 1');
  });
  it('names the line that is not UTF-8', () => {
    const root = folderWith({ 'a.sql': Buffer.from('select\n-- caf\xe9\n', 'latin1') });
    const error = errorOf(() => readText(join(root, 'a.sql'), 'models/a.sql'));
    expect(error.message).toBe('models/a.sql is not UTF-8 text');
    expect(error.place).toEqual({ file: 'models/a.sql', line: 2 });
  });
  it('says that a file is not there', () => {
    expect(errorOf(() => readText('/nowhere/a.sql', 'a.sql')).message).toMatch(/it does not exist/);
  });
});
