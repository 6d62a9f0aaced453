/** Unit tests: rows in, rows out, described in YAML or in fixture files. */
import { TechstoreError } from '../../errors.js';
import type { UnitTestNode, UnitTestRows } from '../../manifest/nodes.js';
import {
  type ProjectFile,
  readText,
  type UnitTestProperties,
  type UnitTestRowsProperties,
} from '../../project/index.js';
import { didYouMeanFirst } from '../../ground/did-you-mean.js';
import { recordsOf, unitTestChecksum } from './unit-test-checksum.js';
import type { Workshop } from './workshop.js';

export function parseUnitTest(
  test: UnitTestProperties,
  path: string,
  fixtures: readonly ProjectFile[],
  workshop: Workshop,
): UnitTestNode {
  const { project } = workshop;
  const modelId = `model.${project.name}.${test.model}`;
  const model =
    workshop.nodes.get(modelId) ?? workshop.disabled.find((node) => node.uniqueId === modelId);
  if (model?.resourceType !== 'model') {
    const names = [...workshop.nodes.values()]
      .filter((n) => n.resourceType === 'model')
      .map((n) => n.name);
    throw new TechstoreError(
      'compilation',
      `The unit test ${test.name} tests the model '${test.model}', which does not exist`,
      {
        place: test.place,
        hint: didYouMeanFirst(test.model, names).trim() || 'Name a model of the project.',
      },
    );
  }
  const fqn = workshop.fqn(path, test.model, test.name);
  const config = workshop.config('unit', 'unit_test', fqn, [
    { values: test.config, place: test.place },
  ]);
  const rows = (fixture: UnitTestRowsProperties): UnitTestRows => {
    const found = {
      format: fixture.format,
      rows: fixture.fixture === null ? written(fixture.rows) : fixtureText(fixture, fixtures),
      fixture: fixture.fixture,
    };
    return { ...found, records: recordsOf(found) };
  };
  const contents = {
    model: test.model,
    given: test.given.map((given) => ({ input: given.input, ...rows(given) })),
    expect: rows(test.expect),
    overrides: {
      macros: test.overrides.macros,
      vars: test.overrides.vars,
      envVars: Object.fromEntries(
        Object.entries(test.overrides.envVars).map(([key, value]) => [key, String(value)]),
      ),
    },
  };
  return {
    resourceType: 'unit_test',
    uniqueId: `unit_test.${project.name}.${test.model}.${test.name}`,
    name: test.name,
    packageName: project.name,
    path,
    originalFilePath: test.file,
    fqn,
    description: workshop.description(test.description, test.place).text,
    tags: config.tags,
    meta: config.meta,
    place: test.place,
    ...contents,
    config,
    database: model.database,
    schema: model.schema,
    checksum: unitTestChecksum(contents),
    dependsOn: { nodes: [model.uniqueId], macros: [] },
  };
}

/** A text of YAML goes through Jinja in dbt, which drops the line end behind it. */
function written(rows: UnitTestRowsProperties['rows']): UnitTestRows['rows'] {
  return typeof rows === 'string' ? rows.replace(/\n$/, '') : rows;
}

function fixtureText(fixture: UnitTestRowsProperties, files: readonly ProjectFile[]): string {
  const extension = fixture.format === 'sql' ? 'sql' : 'csv';
  const found = files.find((file) => file.path.endsWith(`/${fixture.fixture}.${extension}`));
  if (found === undefined) {
    throw new TechstoreError(
      'project',
      `The fixture file ${fixture.fixture}.${extension} was not found`,
      {
        place: fixture.place,
        hint: 'Put fixture files into a folder named fixtures in the test paths.',
      },
    );
  }
  return readText(found.absolutePath, found.originalFilePath);
}
