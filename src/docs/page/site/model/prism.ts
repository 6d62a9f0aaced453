/** Prism where its grammars look for it: they are scripts that know it by a global name. */
import type PrismType from 'prismjs';
import core from 'prismjs/components/prism-core.js';

export const Prism = core as typeof PrismType;
Object.assign(globalThis, { Prism });
