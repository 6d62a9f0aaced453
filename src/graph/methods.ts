/** The methods of selection by name. */
import { config } from './config-method.js';
import type { Method } from './method-context.js';
import { nodeMethods } from './node-methods.js';
import { result, sourceStatus } from './result-methods.js';
import type { MethodName } from './selection-spec.js';
import { state } from './state-method.js';

export const methods: Readonly<Record<MethodName, Method>> = {
  ...nodeMethods,
  config,
  state,
  result,
  source_status: sourceStatus,
};
