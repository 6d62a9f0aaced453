/** Keys and list positions from the document's root to a value in it. */
export type YamlPath = readonly (string | number)[];
