/** What a template may reach through `modules`: the parts of Python's library that dbt offers. */
import type { Value } from '../../jinja/index.js';
import { datetimeModule } from './datetime-module.js';
import { itertoolsModule } from './itertools.js';
import { ModuleValue } from './module.js';
import { pytzModule } from './pytz.js';
import { reModule } from './re-module.js';

/** @param now the start of the run, which stands for the current time */
export function modulesValue(now: Date): Value {
  return new ModuleValue(
    'modules',
    () =>
      new Map<string, Value>([
        ['datetime', datetimeModule(now)],
        ['pytz', pytzModule],
        ['re', reModule],
        ['itertools', itertoolsModule],
      ]),
  );
}
