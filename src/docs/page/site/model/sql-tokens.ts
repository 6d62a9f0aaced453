/** SQL with Jinja in it as pieces with a class each. */
import type PrismType from 'prismjs';
import { Prism } from './prism.js';
import 'prismjs/components/prism-sql.js';

export interface SqlPiece {
  /** Null: plain text. */
  readonly kind: string | null;
  readonly text: string;
}

const inside = {
  string: /(["'])(?:\\.|(?!\1)[^\\])*\1/,
  keyword:
    /\b(?:if|elif|else|endif|for|endfor|in|set|endset|macro|endmacro|test|endtest|call|endcall|do|filter|endfilter|raw|endraw|is|not|and|or)\b/,
  function: /\b[a-z_]\w*(?=\s*\()/i,
  number: /\b\d+(?:\.\d+)?\b/,
  punctuation: /[{}[\]().,:|%=~-]/,
};

Prism.languages['sql-jinja'] = {
  'jinja-comment': { pattern: /\{#[\s\S]*?#\}/, greedy: true, alias: 'comment' },
  jinja: { pattern: /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/, greedy: true, inside },
  ...Prism.languages['sql'],
};

export function piecesOf(sql: string): readonly SqlPiece[] {
  const grammar = Prism.languages['sql-jinja'];
  return grammar === undefined
    ? [{ kind: null, text: sql }]
    : flat(Prism.tokenize(sql, grammar), []);
}

type Stream = readonly (string | PrismType.Token)[];

function flat(stream: Stream, around: readonly string[]): SqlPiece[] {
  return stream.flatMap((token): SqlPiece[] => {
    if (typeof token === 'string') {
      return [{ kind: around.length === 0 ? null : around.join(' '), text: token }];
    }
    const kinds = [...around, token.type, ...[token.alias ?? []].flat()];
    const { content } = token;
    return flat(Array.isArray(content) ? content : [content], kinds);
  });
}
