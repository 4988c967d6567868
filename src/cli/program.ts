import { Command, CommanderError } from 'commander'
import { version } from '../version.js'
import { addBuildCommands } from './build-command.js'
import { addCheckCommand } from './check-command.js'
import { addCompletionCommand } from './completion-command.js'
import { exitCodes, explainCrash } from './exit.js'
import { addInitCommand } from './init-command.js'
import { addPingCommand } from './ping-command.js'
import { addServeCommand } from './serve-command.js'
import { addShowCommand } from './show-command.js'

/** The whole command, with all that it can be told. */
export function makeProgram(): Command {
  const program = new Command('weekloom')
    .description('Reads weekly posts and the WeChat articles they recommend, and writes RSS, Atom and JSON feeds.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'explain the command')
    .showHelpAfterError('(--help explains the command)')
    .exitOverride()
    .configureOutput({ writeOut: text => process.stdout.write(text), writeErr: text => process.stderr.write(text) })

  addBuildCommands(program)
  addShowCommand(program)
  addCheckCommand(program)
  addInitCommand(program)
  addPingCommand(program)
  addServeCommand(program)
  addCompletionCommand(program)
  return program
}

/** Reads the command line, does what it says, and sets the exit status. */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    await makeProgram().parseAsync(args, { from: 'user' })
  } catch (error) {
    // --help and --version end here too, with status 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.misuse
    else process.exitCode = explainCrash(error)
  }
}
