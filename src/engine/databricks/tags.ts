/** Query tags in the driver's form: `key:value,key:value`, with a backslash before what separates. */
export function queryTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key.replaceAll('\\', '\\\\')}:${value.replace(/[\\:,]/g, '\\$&')}`)
    .join(',');
}
