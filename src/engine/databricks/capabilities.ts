import type { Capabilities } from '../engine.js';

export const capabilities: Capabilities = {
  candidateFile: false,
  append: false,
  tableFormat: 'delta',
};
