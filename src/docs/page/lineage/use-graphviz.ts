/** Graphviz in the page: its WebAssembly lies in the script, and takes a moment to start. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { useEffect, useState } from 'preact/hooks';
import type { Drawer } from './layout.js';

/** Null: on its way. */
export type Loaded = Drawer | 'failed' | null;

export function useGraphviz(): Loaded {
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    Graphviz.load().then(setLoaded, () => setLoaded('failed'));
  }, []);
  return loaded;
}
