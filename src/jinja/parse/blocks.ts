import type { Expression, Parameter, Statement } from './ast.js';
import type { Ending, Statements } from './statements.js';
import { parseAssignedName, parseSignature } from './targets.js';
import type { TemplateBlock } from './template.js';

/**
 * Parses the tags that dbt's own files are made of: macro, test, materialization,
 * snapshot and docs. Answers undefined for any other tag.
 */
export function parseBlock(parser: Statements, tag: string, at: number): Statement | undefined {
  switch (tag) {
    case 'macro': {
      const name = parseAssignedName(parser.expressions);
      return callable(
        parser,
        at,
        name,
        name,
        parseSignature(parser.expressions),
        'endmacro',
        (place) => ({
          kind: 'macro',
          ...place,
        }),
      );
    }
    case 'test':
    case 'data_test': {
      const name = parseAssignedName(parser.expressions);
      const parameters = parseSignature(parser.expressions);
      return callable(parser, at, name, `test_${name}`, parameters, `end${tag}`, (place) => ({
        kind: 'test',
        ...place,
      }));
    }
    case 'materialization':
      return materialization(parser, at);
    case 'snapshot': {
      const name = parseAssignedName(parser.expressions);
      const bodyStart = parser.stream.expect('tag end').end;
      const { body, ending } = parser.bodyToEnd('endsnapshot');
      const place = placeOf(parser, at, name, bodyStart, ending);
      add(parser, { kind: 'snapshot', ...place, content: parser.templateOf(body) });
      return { kind: 'skipped', at };
    }
    case 'docs': {
      const name = parseAssignedName(parser.expressions);
      const bodyStart = parser.stream.expect('tag end').end;
      const { ending } = parser.bodyToEnd('enddocs');
      const text = parser.stream.template.source.slice(bodyStart, ending.at);
      add(parser, { kind: 'docs', ...placeOf(parser, at, name, bodyStart, ending), text });
      return { kind: 'skipped', at };
    }
    default:
      return undefined;
  }
}

type Place = Omit<TemplateBlock & { kind: 'docs' }, 'kind' | 'text'>;
type CallablePlace = Omit<TemplateBlock & { kind: 'macro' }, 'kind'>;

function callable(
  parser: Statements,
  at: number,
  name: string,
  macroName: string,
  parameters: readonly Parameter[],
  end: string,
  blockOf: (place: CallablePlace) => TemplateBlock,
): Statement {
  const bodyStart = parser.stream.expect('tag end').end;
  // Asked before the body: the parser is then back at this level.
  const { macro, ending } = parser.macro(macroName, parameters, end, at);
  const place = placeOf(parser, at, name, bodyStart, ending);
  add(parser, blockOf({ ...place, macroName, parameters, macro }));
  return macro;
}

function materialization(parser: Statements, at: number): Statement {
  const stream = parser.stream;
  const name = parseAssignedName(parser.expressions);
  let adapter = 'default';
  const settings: [string, Expression][] = [];
  while (stream.skipOperator(',')) {
    const setting = stream.expect('name');
    if (setting.value === 'default') continue;
    stream.expect('operator', '=');
    const value = parser.expressions.expression();
    if (setting.value === 'supported_languages') {
      settings.push([setting.value, value]);
    } else if (setting.value !== 'adapter') {
      stream.fail(
        `Unknown setting '${setting.value}' of a materialization`,
        setting.at,
        "Supported settings are 'default', 'adapter' and 'supported_languages'.",
      );
    } else if (value.kind === 'constant' && typeof value.value === 'string') {
      adapter = value.value;
    } else {
      stream.fail("The adapter of a materialization must be text, such as 'duckdb'", value.at);
    }
  }
  const macroName = `materialization_${name}_${adapter}`;
  const end = 'endmaterialization';
  return callable(parser, at, name, macroName, [], end, (place) => ({
    kind: 'materialization',
    ...place,
    adapter,
    settings,
  }));
}

function placeOf(
  parser: Statements,
  start: number,
  name: string,
  bodyStart: number,
  ending: Ending,
): Place {
  const { line, column } = parser.locate(start);
  return { name, line, column, start, end: ending.end, bodyStart, bodyEnd: ending.at };
}

/** Blocks inside of other blocks are run, but are not the file's own. */
function add(parser: Statements, block: TemplateBlock): void {
  if (parser.atTopLevel) parser.blocks.push(block);
}
