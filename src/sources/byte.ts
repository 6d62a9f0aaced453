/** The bytes that have a meaning in CSV. */
export const NUL = 0x00;
export const LF = 0x0a;
export const CR = 0x0d;
export const QUOTE = 0x22;
export const COMMA = 0x2c;

/** The UTF-8 byte order mark. */
export const BOM: readonly number[] = [0xef, 0xbb, 0xbf];
