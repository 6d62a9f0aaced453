/** `plan`: what a build would do. */
import type { Command } from 'commander';
import type { PlanCommandOptions } from '../commands/plan.js';
import { withProject, withSelection, withSources } from '../options.js';
import { examples } from './examples.js';

export function addPlan(program: Command): void {
  withSources(withSelection(withProject(program.command('plan [nodes...]'))))
    .description('show what a build would run and why, and check the SQL of models, without data')
    .option('--full-refresh', 'plan for every node, including unchanged ones')
    .option('--json', 'print the plan as JSON')
    .addHelpText(
      'after',
      examples('techstore plan', 'techstore plan silver_orders+', 'techstore plan --json'),
    )
    .action(async (names: readonly string[], options: PlanCommandOptions) =>
      (await import('../commands/plan.js')).plan(names, options),
    );
}
