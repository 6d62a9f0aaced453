/**
 * Data tests that read the same tables become ready at the same time, so one statement runs all of
 * them.
 */
import { TechstoreError } from '../errors.js';
import type { Backend } from '../dbt/backend.js';
import type { Compiler } from '../dbt/compile.js';
import type { Connection, Row } from '../engine/engine.js';
import type { GraphNode, TestNode } from '../manifest/nodes.js';
import { testQuery } from './test-sql.js';

/** More in one statement would take the server longer to plan than to run. */
const TESTS_OF_STATEMENT = 25;

/** What a statement of several tests is made and asked with. */
interface Asking {
  readonly connection: Connection;
  readonly compiler: Compiler;
  readonly backend: Backend;
}

type Answers = Promise<ReadonlyMap<string, Row>>;

export class TestBatches {
  private readonly groups = new Map<string, TestNode[]>();
  private readonly asked = new Map<string, Answers>();

  constructor(nodes: readonly GraphNode[]) {
    const byTables = new Map<string, TestNode[]>();
    for (const node of nodes) {
      // Others may count in types that do not go together.
      if (node.resourceType !== 'test' || node.config.failCalc !== 'count(*)') continue;
      const key = [...new Set(node.dependsOn.nodes)].sort().join(' ');
      byTables.set(key, [...(byTables.get(key) ?? []), node]);
    }
    for (const tests of byTables.values()) {
      for (let from = 0; from < tests.length; from += TESTS_OF_STATEMENT) {
        const group = tests.slice(from, from + TESTS_OF_STATEMENT);
        if (group.length > 1) for (const test of group) this.groups.set(test.uniqueId, group);
      }
    }
  }

  /** Failures, should_warn, should_error; undefined where the test has to be asked alone. */
  async answer(test: TestNode, run: Asking): Promise<Row | undefined> {
    const group = this.groups.get(test.uniqueId);
    const [first] = group ?? [];
    if (group === undefined || first === undefined) return undefined;
    const asked = this.asked.get(first.uniqueId) ?? ask(group, run);
    this.asked.set(first.uniqueId, asked);
    return (await asked).get(test.uniqueId);
  }
}

/** No answers where the statement fails: each test, asked alone, tells what is wrong with it. */
async function ask(group: readonly TestNode[], run: Asking): Answers {
  try {
    const queries = await Promise.all(
      group.map(async (test, i) => {
        const { sql } = await run.compiler.compile(test, { backend: run.backend });
        return `select ${i} as test, answer${i}.* from (\n${testQuery(sql, test.config)}\n) as answer${i}`;
      }),
    );
    const { rows } = await run.connection.query(queries.join('\nunion all\n'));
    const answers = new Map<string, Row>();
    for (const [index, ...answer] of rows) {
      const test = group[Number(index)];
      if (test !== undefined) answers.set(test.uniqueId, answer);
    }
    return answers;
  } catch (error) {
    if (error instanceof TechstoreError && error.code === 'interrupted') throw error;
    return new Map();
  }
}
