import { TechstoreError } from '../../src/errors.js';
import {
  parseTemplate,
  renderSync,
  type Globals,
  type RenderOptions,
} from '../../src/jinja/index.js';

/** Renders a source at once. */
export function renderText(source: string, globals: Globals = {}, options?: RenderOptions): string {
  return renderSync(parseTemplate(source, { file: 'models/a.sql' }), globals, options);
}

/** The TechstoreError that the function throws; anything else fails the test. */
export function errorOf(run: () => unknown): TechstoreError {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    if (error instanceof TechstoreError) return error;
    throw error;
  }
  throw new Error(`No error was thrown; the result is ${JSON.stringify(result)}`);
}

/** As errorOf, for a function that waits. */
export async function rejectionOf(run: () => Promise<unknown>): Promise<TechstoreError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof TechstoreError) return error;
    throw error;
  }
  throw new Error('No error was thrown');
}
