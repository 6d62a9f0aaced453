import type { Compiled } from '../dbt/compile.js';
import type { TechstoreError } from '../errors.js';

/** What came of compiling a node without a database. */
export type Compilation =
  | { readonly kind: 'sql'; readonly compiled: Compiled }
  | { readonly kind: 'fault'; readonly error: TechstoreError }
  /** Its SQL depends on answers of the database. */
  | { readonly kind: 'asks' };
