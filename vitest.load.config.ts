import slow from './vitest.slow.config.js';

// The included files are replaced, where merging would add to them.
export default { ...slow, test: { ...slow.test, include: ['test/**/*.load.test.ts'] } };
