/** Quotes one identifier for the engine in hand. */
export type Quote = (identifier: string) => string;
