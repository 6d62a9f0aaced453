import type { Capabilities } from '../engine.js';

export const capabilities: Capabilities = {
  readsFiles: true,
  writesFiles: true,
  isFarAway: false,
  isOwnDatabase: true,
  tableFormat: null,
};
