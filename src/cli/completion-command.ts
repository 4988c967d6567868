import { Argument, type Command } from 'commander'
import { type CommandWords, completionScript, type Shell, shells } from './completion.js'

/** Adds `completion`: the script that a shell takes to complete commands and options. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices([...shells]))
    .addHelpText('after', '\nFor bash: eval "$(weekloom completion bash)" in ~/.bashrc. The scripts of the others say where they go.')
    .action((shell: Shell) => {
      process.stdout.write(completionScript(shell, program.commands.map(wordsOf)))
    })
}

function wordsOf(command: Command): CommandWords {
  const options = command.options.flatMap(({ long, description }) => (long ? [{ flag: long, description }] : []))
  return {
    name: command.name(),
    description: command.description(),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    options: [...options, { flag: '--help', description: 'explain the command' }],
  }
}
