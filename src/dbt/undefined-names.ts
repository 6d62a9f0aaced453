/** What a name that nothing has set is worth in a template: what dbt makes of it. */
import type { RenderOptions } from '../jinja/index.js';

/** While a node runs: it prints nothing and walks as an empty list; its attributes and calls are errors. */
export const asDbtRuns: RenderOptions = { undefined: 'python' };

/** While a node's own text is parsed, its attributes and calls are undefined too. */
export const asDbtParses: RenderOptions = { undefined: 'parsing' };
