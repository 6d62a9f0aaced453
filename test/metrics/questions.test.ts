import { expect, test } from 'vitest';
import { details, metrics } from '../../src/metrics/metrics.js';
import { questions } from '../../src/metrics/questions.js';

test('What help tells of each metric is what it is', () => {
  const told = new Map<string, object>(Object.entries(questions));
  for (const { name, description, parameters } of metrics)
    expect(told.get(name)).toEqual({ description, parameters });
  for (const { name, description, parameters, sections } of details) {
    expect(told.get(name)).toEqual({ description, parameters, sections: Object.keys(sections) });
  }
  expect(told.size).toBe(metrics.length + details.length);
});
