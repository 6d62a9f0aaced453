/** `npm run build`: compiles the program into dist, with the files of its pages. */
import { compile } from './setup.mjs';

compile();
