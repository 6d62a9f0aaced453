/** The SQL of every node that has some, for the documentation: what cannot be compiled has a reason instead. */
import { TechstoreError } from '../../errors.js';
import type { Backend } from '../../dbt/backend.js';
import type { Compiler } from '../../dbt/compile.js';
import type { CompiledSql } from '../../docs/site-input.js';
import type { Manifest } from '../../manifest/nodes.js';
import { mustGoOn } from './must-go-on.js';
import { withoutSecretsIn } from '../secrets.js';

/** @throws TechstoreError `interrupted` between two nodes, when the command is to end */
export async function compileAll(
  manifest: Manifest,
  compiler: Compiler,
  backend: Backend,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, CompiledSql>> {
  const compiled = new Map<string, CompiledSql>();
  for (const node of manifest.nodes.values()) {
    const { resourceType: type } = node;
    if (type !== 'model' && type !== 'test' && type !== 'analysis') continue;
    mustGoOn(signal);
    try {
      const { sql } = await compiler.compile(node, { backend });
      compiled.set(node.uniqueId, { sql: withoutSecretsIn(sql), reason: null });
    } catch (error) {
      mustGoOn(signal);
      if (!(error instanceof TechstoreError)) throw error;
      compiled.set(node.uniqueId, { sql: null, reason: withoutSecretsIn(error.message) });
    }
  }
  return compiled;
}
