declare module 'prismjs/components/prism-core.js' {
  const core: unknown;
  export default core;
}
