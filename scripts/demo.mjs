/** `npm run demo`: from a fresh clone to published, tested tables and two answers from them. */
import { compile, install, techstore } from './lib/setup.mjs';

install();
compile();
techstore('build');

// On a terminal an answer has a head of its own.
/** @param {string} text */
const title = (text) => console.log(process.stdout.isTTY ? '' : `\n${text}\n`);
title('Top customers by lifetime value');
techstore('customers', 'top');
title('Sales by month');
techstore('sales', 'trends');
