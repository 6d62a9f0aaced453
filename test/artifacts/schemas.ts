/** dbt's schemas, ready to validate with. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const folder = new URL('../../fixtures/artifacts/', import.meta.url);

/** Messages of what a document gets wrong, `[]` where it is valid. Like a file, without `undefined`. */
export function faultsBy(
  schema: 'catalog-v1' | 'manifest-v12' | 'run-results-v6' | 'sources-v3',
): (document: unknown) => string[] {
  const text = readFileSync(new URL(`${schema}.json`, folder), 'utf8');
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uuid: true } });
  const validate = ajv.compile(JSON.parse(text) as object);
  return (document) => {
    if (validate(JSON.parse(JSON.stringify(document)))) return [];
    return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ''}`);
  };
}
