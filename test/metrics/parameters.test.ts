import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Surface } from '../../src/metrics/metric.js';
import { details, metrics } from '../../src/metrics/metrics.js';
import { checkParameters } from '../../src/metrics/parameters.js';
import { answerSchema, parametersSchema } from '../../src/metrics/schemas.js';

const all = [...metrics, ...details];

/** Section 7 of the contract: default, smallest and largest, for the API and for the terminal. */
const contract: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'customers top limit': [10, 1, 100, 10_000],
  'customers segment limit': [50, 1, 200, 200],
  'products best-sellers limit': [10, 1, 100, 100],
  'products low-stock limit': [50, 1, 200, 200],
  'sales summary days': [30, 1, 365, 365],
  'sales trends months': [12, 1, 24, 24],
  'sales daily days': [30, 1, 365, 365],
};

describe.each(Object.entries(contract))('%s', (key, [fallback, least, api, terminal]) => {
  const name = key.slice(0, key.lastIndexOf(' '));
  const parameter = key.slice(key.lastIndexOf(' ') + 1);
  const parameters = all.find((metric) => metric.name === name)?.parameters ?? {};
  const given = (value: unknown) => ({ segment: 'VIP', [parameter]: value });

  test('has its default', () => {
    expect(checkParameters(parameters, { segment: 'VIP' }, 'terminal').values[parameter]).toBe(
      fallback,
    );
  });

  test.each([
    ['api', api],
    ['terminal', terminal],
  ] as const)('goes from its smallest to its largest value in the %s', (surface, most) => {
    const accepts = (value: unknown): boolean => {
      const checked = checkParameters(parameters, given(value), surface).faults.length === 0;
      const schema = parametersSchema(parameters, surface).safeParse(given(value)).success;
      expect(schema, `the schema beside the check of ${String(value)}`).toBe(checked);
      return checked;
    };

    for (const value of [least, String(least), most, String(most)]) {
      expect(accepts(value), String(value)).toBe(true);
    }
    for (const value of [
      least - 1,
      most + 1,
      '',
      ' 5',
      '5 ',
      '1e1',
      '0x5',
      '5.0',
      1.5,
      'abc',
      '-1',
      null,
    ]) {
      expect(accepts(value), String(value)).toBe(false);
    }
  });
});

test('the schema takes exactly what the check takes, and gives the same values', () => {
  const value = fc.oneof(
    fc.integer({ min: -10, max: 12_000 }),
    fc.integer({ min: -10, max: 12_000 }).map(String),
    fc.string({ maxLength: 6 }),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...metrics),
      fc.constantFrom<Surface>('api', 'terminal'),
      value,
      (metric, surface, one) => {
        const given = Object.fromEntries(
          Object.entries(metric.parameters).map(([name, { kind }]) => [
            name,
            kind === 'choice' ? 'New' : one,
          ]),
        );
        const { values, faults } = checkParameters(metric.parameters, given, surface);
        const parsed = parametersSchema(metric.parameters, surface).safeParse(given);

        expect(parsed.success).toBe(faults.length === 0);
        if (parsed.success) expect(parsed.data).toEqual(values);
      },
    ),
  );
});

test('an id is a whole number of at most 64 bits, and keeps its digits', () => {
  const parameters = { id: { kind: 'id', description: '' } } as const;
  const id = (value: unknown) => checkParameters(parameters, { id: value }, 'terminal').values.id;

  expect(id('9223372036854775807')).toBe('9223372036854775807');
  expect(id('-9223372036854775808')).toBe('-9223372036854775808');
  expect(id('007')).toBe('7');
  for (const wrong of ['9223372036854775808', '1.0', 'x', '', undefined, `${'9'.repeat(40)}`]) {
    expect(id(wrong), String(wrong)).toBeUndefined();
  }
  expect(parametersSchema(parameters, 'api').safeParse({ id: '9223372036854775808' }).success).toBe(
    false,
  );
});

test('the case of a segment does not matter in the terminal, and does in the API', () => {
  const { parameters } = metrics.find(({ name }) => name === 'customers segment') ?? {};
  const check = (surface: Surface) =>
    checkParameters(parameters ?? {}, { segment: 'at RISK' }, surface);

  expect(check('terminal').values).toEqual({ segment: 'At Risk', limit: 50 });
  expect(check('api').faults).toEqual([
    {
      parameter: 'segment',
      given: 'at RISK',
      expected: 'one of VIP, Loyal, New, At Risk, Lost, Regular, Prospect',
      choices: ['VIP', 'Loyal', 'New', 'At Risk', 'Lost', 'Regular', 'Prospect'],
    },
  ]);
});

test('every column, parameter and metric is described, in OpenAPI too', () => {
  for (const metric of metrics) {
    const schema = z.toJSONSchema(answerSchema(metric));
    const row = (schema.items ?? schema) as {
      properties: Record<string, { description?: string }>;
    };

    expect(metric.description).not.toBe('');
    expect(Object.keys(row.properties)).toEqual(metric.columns.map(({ name }) => name));
    for (const [name, { description }] of Object.entries(row.properties)) {
      expect(description, `${metric.name}: ${name}`).toMatch(/\w{3}/);
    }
    const parameters = z.toJSONSchema(parametersSchema(metric.parameters, 'api')) as {
      properties: Record<string, { description?: string }>;
    };
    for (const [name, { description }] of Object.entries(parameters.properties)) {
      expect(description, `${metric.name}: ${name}`).toMatch(/\w{3}/);
    }
  }
});
