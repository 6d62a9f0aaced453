/** What a store of builds is told by the commands that only read. */
import type { StoreOptions } from '../builds/index.js';
import { visible } from '../format/visible.js';

/** A warehouse may have to start first, which takes minutes. */
export const tellOnStderr: StoreOptions = {
  onNotice: (message) => void process.stderr.write(`${visible(message)}\n`),
};
