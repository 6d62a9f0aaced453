import { Float } from '../jinja/index.js';

/** JSON of plain data, to be hashed: also of integers past 2^53 and of Jinja's floats. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') return `${item}n`;
    return item instanceof Float ? { float: item.value } : item;
  });
}
