/** Dates as days since 1970, money as whole cents, and both as the files have them. */
import { between } from './chance.mjs';

/**
 * @param {string} text `2025-06-30`
 * @returns {number} days since 1970
 */
export function day(text) {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}

/** The last day of the shop. */
export const AS_OF = day('2025-06-30');
export const FIRST_DAY = day('2023-01-01');

/** @param {number} days since 1970 */
export const dateOf = (days) => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** @param {number | null} days since 1970 */
export const date = (days) => (days === null ? null : dateOf(days));

/** @param {number} n */
const two = (n) => String(n).padStart(2, '0');

/**
 * @param {number} days since 1970
 * @param {number} second of the day
 */
export const timestamp = (days, second) =>
  `${dateOf(days)} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;

/** A second of the day at which shops are busy. */
export const daytime = () => between(7 * 3600, 23 * 3600 - 1);

/** @param {number | null} cents */
export function money(cents) {
  if (cents === null) return null;
  const size = Math.abs(cents);
  return `${cents < 0 ? '-' : ''}${Math.floor(size / 100)}.${two(size % 100)}`;
}

/**
 * cents * numerator / denominator, half away from zero; no amount here is below zero.
 * @param {number} cents
 * @param {number} numerator
 * @param {number} denominator
 */
export const share = (cents, numerator, denominator) =>
  Math.floor((2 * cents * numerator + denominator) / (2 * denominator));
