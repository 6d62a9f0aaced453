/** Names of exported files. */

/** `shop-lineage.svg`, `shop-lineage-gold_sales.total.svg`: letters that a file system may not take become `_`. */
export function fileName(project: string, focus: string | null, ending: string): string {
  const name = [project, 'lineage', focus].filter((part) => part !== null).join('-');
  const safe = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[.]+/, '_');
  return `${[...safe].slice(0, 120).join('')}.${ending}`;
}
