import { afterEach, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject | undefined;
afterEach(() => project?.remove());

const files = { 'models/s.yml': 'models: [{name: gone}]' };
const warning = /a description under models, but no such file exists/;

describe('what is a warning', () => {
  it('is none of an error by default', () => {
    project = new SmallProject(files);
    expect(project.load().warnings).toHaveLength(1);
  });

  it.each([
    ['true', '1'],
    ['true', null],
    ['false', '1'],
  ])('is an error where flags say %s and DBT_WARN_ERROR is %s', (flag, env) => {
    const before = process.env['DBT_WARN_ERROR'];
    if (env !== null) process.env['DBT_WARN_ERROR'] = env;
    try {
      const yml = `name: shop\nprofile: shop\nflags: {warn_error: ${flag}}\n`;
      project = new SmallProject({ ...files, 'dbt_project.yml': yml });
      expect(() => project?.load()).toThrow(warning);
    } finally {
      if (before === undefined) delete process.env['DBT_WARN_ERROR'];
      else process.env['DBT_WARN_ERROR'] = before;
    }
  });

  it('is an error of the template that gives it', () => {
    project = new SmallProject({
      'models/a.sql': "{{ exceptions.warn('old macro') }} select 1 as id",
    });
    expect(project.load().warnings).toEqual([]);
    expect(() => project?.load({ warnError: true })).toThrow('old macro');
  });
});
