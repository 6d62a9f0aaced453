/** Prism where its grammars look for it: they are scripts that know it by a global name. */
import Prism from 'prismjs';

// It highlights what it is given, and does not look for code in the page by itself.
Prism.manual = true;
Object.assign(globalThis, { Prism });

export { Prism };
