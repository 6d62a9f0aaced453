/** The SQL parser, loaded when the first query is traced: its WebAssembly is 23 MB. */
import type { LineageNode as ParsedLineage, LineageResult, Schema } from '@polyglot-sql/sdk';
import type { InputTable } from './query.js';

export type { ParsedLineage };

/** Raise it when tracing changes: answers that were kept become stale. */
export const tracingVersion = 'polyglot 0.12.1, tracing 3';

export interface Parser {
  /** What the dialect quotes names with. */
  readonly quote: '"' | '`';
  /** The syntax tree, or null where the query can not be read. */
  parse(sql: string): unknown;
  /** What the output column at an index (from 0) is made of, or why that is not known. */
  lineageAt(index: number, sql: string, tables: readonly InputTable[]): ParsedLineage | string;
  /** The same for the first output column of a name. */
  lineageOf(name: string, sql: string, tables: readonly InputTable[]): ParsedLineage | string;
}

/** @param dialect `duckdb` or `databricks` */
export async function loadParser(dialect: string): Promise<Parser> {
  const polyglot = await import('@polyglot-sql/sdk');
  return {
    quote: dialect === 'databricks' ? '`' : '"',
    parse: (sql) => {
      try {
        const parsed = polyglot.parse(sql, dialect as Parameters<typeof polyglot.parse>[1]);
        return parsed.success ? (parsed.ast ?? null) : null;
      } catch {
        return null;
      }
    },
    lineageAt: (index, sql, tables) =>
      answerOf(() => polyglot.lineageAtWithSchema(index, sql, schemaOf(tables), dialect, true)),
    lineageOf: (name, sql, tables) =>
      answerOf(() => polyglot.lineageWithSchema(name, sql, schemaOf(tables), dialect, true)),
  };
}

function schemaOf(tables: readonly InputTable[]): Schema {
  return { tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })) };
}

/** A query that is too deep for it ends the parser with an exception, which must not end the command. */
function answerOf(ask: () => LineageResult): ParsedLineage | string {
  try {
    const { lineage, error } = ask();
    return lineage ?? error ?? 'the parser gives no reason';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
