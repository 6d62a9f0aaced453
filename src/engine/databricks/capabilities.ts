import type { Capabilities } from '../engine.js';

export const capabilities: Capabilities = {
  readsFiles: false,
  writesFiles: false,
  isFarAway: true,
  transactions: false,
  transactionalDdl: false,
  candidateFile: false,
  // NOT NULL and CHECK are; keys are only written down.
  enforcedConstraints: false,
  merge: true,
  append: false,
  parallel: true,
};
