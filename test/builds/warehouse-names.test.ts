import { expect, it } from 'vitest';
import { isSchemaOfBuild, schemaOfBuild } from '../../src/builds/schema/build-row.js';

it('a build has a schema beside the one of the target', () => {
  expect(schemaOfBuild('techstore', '20261126T021502Z-0c11')).toBe(
    'techstore__b20261126t021502z_0c11',
  );
});

it('only what looks like the schema of a build may be dropped as one', () => {
  expect(isSchemaOfBuild('techstore', 'techstore__b20261126t021502z_0c11')).toBe(true);
  expect(isSchemaOfBuild('TechStore', 'techstore__b20261126t021502z_0c11')).toBe(true);
  for (const schema of [
    'techstore',
    'techstore__backup',
    'techstore__b20261126t021502z_0c11_copy',
    'my_techstore__b20261126t021502z_0c11',
    'other__b20261126t021502z_0c11',
  ]) {
    expect(isSchemaOfBuild('techstore', schema)).toBe(false);
  }
});
