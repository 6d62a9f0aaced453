/**
 * What a spreadsheet would run as a formula, and the apostrophe that keeps it from doing so.
 * Every way to a spreadsheet uses this one rule: the API's CSV, and exports for spreadsheets.
 */
import type { ColumnKind } from './answer.js';

/**
 * The beginning of a text that needs the guard, as a regular expression that JavaScript (flag `u`),
 * DuckDB and Spark read alike. A sign of a formula counts behind blanks, quotes and characters
 * that nobody sees too: spreadsheets drop those when they read a file. The wide and the small
 * forms of the signs count, for some input methods and locales make plain ones of them. A tab or
 * an end of line in front may begin another cell.
 */
export const formulaStart = String.raw`^(?:[\p{Z}\p{Cc}\p{Cf}"]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n])`;

const pattern = new RegExp(formulaStart, 'u');

/**
 * Kinds whose values may begin with any character. The texts of all others are made by the
 * database (`-5`, `-infinity`, `-1 day`): they hold nothing that somebody wrote, and a negative
 * number has to stay a number.
 */
const withFreeText: ReadonlySet<ColumnKind> = new Set([
  'text',
  'json',
  'nested',
  'binary',
  'other',
]);

/** Whether values of this kind need the guard. */
export function mayBeFormula(kind: ColumnKind): boolean {
  return withFreeText.has(kind);
}

/** The text with an apostrophe in front where a spreadsheet would run it; else as it is. */
export function guarded(text: string): string {
  return pattern.test(text) ? `'${text}` : text;
}
