/** `npm run build`: compiles the program into dist, with the files of its pages. */
import { compile } from './lib/setup.mjs';

compile();
