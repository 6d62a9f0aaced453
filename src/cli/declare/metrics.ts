/** The metric queries as commands: `customers`, `products`, `sales`, `operations`. */
import type { Command } from 'commander';
import type { DetailOptions, MetricOptions } from '../commands/metrics.js';
import { withFormat, withProfile } from '../options.js';
import { examples } from './examples.js';

/** What every metric takes besides its own parameters. */
function asked(command: Command, description: string, ...lines: readonly string[]): Command {
  return withFormat(withProfile(command))
    .description(description)
    .option('--build <id>', 'the build to read (default: the published build)')
    .option('--explain', 'print the SQL and its parameters instead of the result')
    .addHelpText('after', examples(...lines));
}

async function ask(
  name: string,
  options: MetricOptions,
  given: Readonly<Record<string, string>> = {},
): Promise<void> {
  await (await import('../commands/metrics.js')).askMetric(name, given, options);
}

async function show(name: string, id: string, options: DetailOptions): Promise<void> {
  await (await import('../commands/metrics.js')).showDetail(name, id, options);
}

export function addMetrics(program: Command): void {
  const customers = program.command('customers').description('customers: top, by segment, details');
  asked(
    customers.command('top').option('--limit <n>', 'customers to list, 1 to 10000 (default: 10)'),
    'customers with orders, by lifetime value',
    'techstore customers top',
    'techstore customers top --limit 50 --json',
  ).action((options: MetricOptions) => ask('customers top', options));
  asked(
    customers
      // Not asked for by the parser, so that whoever leaves it out is told the choices.
      .command('segment [segment]')
      .usage('[options] <segment>')
      .option('--limit <n>', 'customers to list, 1 to 200 (default: 50)'),
    'customers of one segment, by lifetime value: VIP, Loyal, New, At Risk, Lost, Regular, Prospect',
    'techstore customers segment VIP',
    'techstore customers segment "At Risk" --csv',
  ).action((segment: string | undefined, options: MetricOptions) =>
    ask('customers segment', options, segment === undefined ? {} : { segment }),
  );
  asked(
    customers.command('segments'),
    'all segments: customers, revenue and their shares',
    'techstore customers segments',
    'techstore customers segments --format markdown',
  ).action((options: MetricOptions) => ask('customers segments', options));
  detail(
    customers.command('show <id>'),
    'profile, scores, orders, products, reviews',
    'one customer: profile, scores, orders, products and reviews',
    'techstore customers show 42',
    'techstore customers show 42 --section orders --csv',
  ).action((id: string, options: DetailOptions) => show('customers show', id, options));

  const products = program
    .command('products')
    .description('products: best sellers, low stock, details');
  asked(
    products
      .command('best-sellers')
      .option('--limit <n>', 'products to list, 1 to 100 (default: 10)'),
    'products with sales performance Best Seller or Good, by revenue',
    'techstore products best-sellers',
    'techstore products best-sellers --limit 100 --csv',
  ).action((options: MetricOptions) => ask('products best-sellers', options));
  asked(
    products.command('low-stock').option('--limit <n>', 'products to list, 1 to 200 (default: 50)'),
    'products that are out of stock or low on stock, lowest stock first',
    'techstore products low-stock',
    'techstore products low-stock --limit 200 --json',
  ).action((options: MetricOptions) => ask('products low-stock', options));
  detail(
    products.command('show <id>'),
    'profile, sales, orders, reviews',
    'one product: profile, sales, orders and reviews',
    'techstore products show 7',
    'techstore products show 7 --section reviews --limit 50',
  ).action((id: string, options: DetailOptions) => show('products show', id, options));

  const sales = program.command('sales').description('sales: in total, by month, by day');
  const days = 'number of days up to the date of the figures, 1 to 365 (default: 30)';
  asked(
    sales.command('summary').option('--days <n>', days),
    'total revenue and orders of the last days',
    'techstore sales summary',
    'techstore sales summary --days 90 --json',
  ).action((options: MetricOptions) => ask('sales summary', options));
  asked(
    sales.command('trends').option('--months <n>', 'months to list, 1 to 24 (default: 12)'),
    'sales by month with growth, latest first',
    'techstore sales trends',
    'techstore sales trends --months 24 --csv',
  ).action((options: MetricOptions) => ask('sales trends', options));
  asked(
    sales.command('daily').option('--days <n>', days),
    'sales by day, oldest first',
    'techstore sales daily',
    'techstore sales daily --days 7 --json',
  ).action((options: MetricOptions) => ask('sales daily', options));

  const operations = program
    .command('operations')
    .description('operations: orders, cancellations, delivery');
  asked(
    operations.command('summary'),
    'orders, cancellations and delivery of the last 7, 30, 90 and 365 days',
    'techstore operations summary',
    'techstore operations summary --json',
  ).action((options: MetricOptions) => ask('operations summary', options));
}

function detail(
  command: Command,
  sections: string,
  description: string,
  ...lines: readonly string[]
): Command {
  return asked(
    command
      .option('--section <name>', `show only one section: ${sections}`)
      .option('--limit <n>', 'rows per list, 1 to 10000 (default: 10)'),
    description,
    ...lines,
  );
}
