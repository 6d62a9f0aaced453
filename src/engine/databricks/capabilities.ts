import type { Capabilities } from '../engine.js';

export const capabilities: Capabilities = {
  readsFiles: false,
  writesFiles: false,
  isFarAway: true,
  isOwnDatabase: false,
  tableFormat: 'delta',
};
