import type { Capabilities } from '../engine.js';

export const capabilities: Capabilities = {
  candidateFile: true,
  append: true,
  tableFormat: null,
};
