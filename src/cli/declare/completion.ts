/** `completion`, and the hidden command that its scripts ask. */
import type { Command } from 'commander';
import { Argument } from '../commander.js';
import { examples } from './examples.js';

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print the completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples(
        "echo 'source <(techstore completion bash)' >> ~/.bashrc",
        "echo 'source <(techstore completion zsh)' >> ~/.zshrc",
        'techstore completion fish > ~/.config/fish/completions/techstore.fish',
      ),
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') =>
      (await import('../commands/completion.js')).completion(shell),
    );
  program
    .command('__complete <shell> <line>', { hidden: true })
    .description('list completions for a command line; used by the scripts of `completion`')
    .action(async (shell: string, line: string) =>
      (await import('../commands/completion.js')).complete(program, shell, line),
    );
}
