/** Copies what stays from the earlier build into the candidate. */
import type { Candidate } from '../builds/index.js';
import { carryOver } from './carry-over.js';
import type { Plan } from './plan.js';

export async function carryRelations(
  planned: Plan,
  engine: Candidate['engine'],
  from: string,
): Promise<void> {
  const connection = await engine.connect();
  try {
    for (const state of planned.carry.values()) {
      const relations = [state.relation, relationOf(state.failuresRelation)].filter(
        (r) => r !== null,
      );
      for (const relation of relations) {
        await carryOver(relation, from, engine.database, connection, engine.dialect);
      }
    }
  } finally {
    await connection.release();
  }
  await engine.detach(from);
}

/** Schema and identifier of `"db"."schema"."name"`. */
function relationOf(name: string | null): { schema: string; identifier: string } | null {
  const parts = name
    ?.match(/"(?:[^"]|"")*"/g)
    ?.map((part) => part.slice(1, -1).replaceAll('""', '"'));
  const [, schema, identifier] = parts ?? [];
  return schema === undefined || identifier === undefined ? null : { schema, identifier };
}
