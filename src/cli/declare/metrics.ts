/**
 * The metric queries as commands: `customers`, `products`, `sales`, `operations`. Their help is
 * made of what can be asked, which costs little to load.
 */
import type { Command } from 'commander';
import type { Parameter, Question } from '../../metrics/metric.js';
import type { DetailName, MetricName } from '../../metrics/metric-names.js';
import { questions } from '../../metrics/questions.js';
import type { DetailOptions, MetricOptions } from '../commands/metrics.js';
import { withFormat, withProfile } from '../options.js';
import { examples } from './examples.js';

type Parameters = Readonly<Record<string, Parameter>>;

const groups = {
  customers: 'customers: top, by segment, details',
  products: 'products: best sellers, low stock, details',
  sales: 'sales: in total, by month, by day',
  operations: 'operations: orders, cancellations, delivery',
} satisfies Record<GroupOf<MetricName | DetailName>, string>;

/** `customers` of `customers top`. */
type GroupOf<Name> = Name extends `${infer Group} ${string}` ? Group : never;

/** Behind the name of the program. A detail stands after the lists that show what ids there are. */
const commands = {
  'customers top': ['customers top', 'customers top --limit 50 --json'],
  'customers segment': ['customers segment VIP', 'customers segment "At Risk" --csv'],
  'customers segments': ['customers segments', 'customers segments --format markdown'],
  'customers show': ['customers show 42', 'customers show 42 --section orders --csv'],
  'products best-sellers': ['products best-sellers', 'products best-sellers --limit 100 --csv'],
  'products low-stock': ['products low-stock', 'products low-stock --limit 200 --json'],
  'products show': ['products show 7', 'products show 7 --section reviews --limit 50'],
  'sales summary': ['sales summary', 'sales summary --days 90 --json'],
  'sales trends': ['sales trends', 'sales trends --months 24 --csv'],
  'sales daily': ['sales daily', 'sales daily --days 7 --json'],
  'operations summary': ['operations summary', 'operations summary --json'],
} satisfies Record<MetricName | DetailName, readonly string[]>;

export function addMetrics(program: Command): void {
  const parents = new Map<string, Command>();
  for (const [name, description] of Object.entries(groups))
    parents.set(name, program.command(name).description(description));
  for (const [name, lines] of Object.entries(commands)) {
    const [group = '', own = ''] = name.split(' ');
    const parent = parents.get(group);
    if (parent === undefined) continue;
    const shown = lines.map((line) => `techstore ${line}`);
    if (isDetail(name)) addDetail(parent, own, name, shown);
    else addMetric(parent, own, name as MetricName, shown);
  }
}

function isDetail(name: string): name is DetailName {
  return (questions as Readonly<Record<string, Question>>)[name]?.sections !== undefined;
}

function addMetric(parent: Command, own: string, name: MetricName, lines: readonly string[]): void {
  const { description, parameters }: Question = questions[name];
  const choices = Object.entries(parameters).flatMap(([key, parameter]) =>
    parameter.kind === 'choice' ? [{ key, choices: parameter.choices }] : [],
  );
  // Not asked for by the parser, so that whoever leaves one out is told the choices.
  const command = parent.command([own, ...choices.map(({ key }) => `[${key}]`)].join(' '));
  if (choices.length > 0)
    command.usage(['[options]', ...choices.map(({ key }) => `<${key}>`)].join(' '));
  withNumbers(command, parameters);
  const listed = choices.map((one) => `: ${one.choices.join(', ')}`).join('');
  asked(command, `${description}${listed}`, lines).action(async (...args: unknown[]) => {
    const given: Record<string, string> = {};
    choices.forEach(({ key }, i) => {
      const value = args[i];
      if (typeof value === 'string') given[key] = value;
    });
    const options = args[choices.length] as MetricOptions;
    await (await import('../commands/metrics.js')).askMetric(name, given, options);
  });
}

function addDetail(parent: Command, own: string, name: DetailName, lines: readonly string[]): void {
  const { description, parameters, sections } = questions[name];
  const command = parent
    .command(`${own} <id>`)
    .option('--section <name>', `only one of: ${sections.join(', ')}`);
  asked(withNumbers(command, parameters), description, lines).action(
    async (id: string, options: DetailOptions) => {
      await (await import('../commands/metrics.js')).showDetail(name, id, options);
    },
  );
}

function withNumbers(command: Command, parameters: Parameters): Command {
  for (const [key, parameter] of Object.entries(parameters)) {
    if (parameter.kind !== 'number') continue;
    const [least, most] = parameter.range.terminal;
    command.option(
      `--${key} <n>`,
      `${parameter.description}, ${least} to ${most} (default: ${parameter.default})`,
    );
  }
  return command;
}

/** What every metric takes besides its own parameters. */
function asked(command: Command, description: string, lines: readonly string[]): Command {
  return withFormat(withProfile(command))
    .description(description)
    .option('--build <id>', 'the build to read (default: the published build)')
    .option('--explain', 'print the SQL and its parameters instead of the result')
    .addHelpText('after', examples(...lines));
}
