import type { Capabilities } from '../engine.js';

export const capabilities: Capabilities = {
  readsFiles: true,
  writesFiles: true,
  isFarAway: false,
  transactions: true,
  transactionalDdl: true,
  candidateFile: true,
  enforcedConstraints: true,
  merge: true,
  append: true,
  parallel: true,
};
