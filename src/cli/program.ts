import { Console } from 'node:console'
import { existsSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { WeekloomError } from '../problems.js'
import { version } from '../version.js'
import { addBuildCommands } from './build-command.js'
import { addCheckCommand } from './check-command.js'
import { addCompletionCommand } from './completion-command.js'
import { exitCodes, explainCrash } from './exit.js'
import { addInitCommand } from './init-command.js'
import { addPingCommand } from './ping-command.js'
import { addServeCommand } from './serve-command.js'
import { addShowCommand } from './show-command.js'
import { print, tell } from './write.js'

/** The whole command, with all that it can be told. */
export function makeProgram(): Command {
  const program = new Command('weekloom')
    .description('Reads weekly posts and the WeChat articles they recommend, and writes RSS, Atom and JSON feeds.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'explain the command')
    .showHelpAfterError('(--help explains the command)')
    .exitOverride()
    // What is narrower is wrapped by the terminal, in the middle of words.
    .configureHelp({ minWidthToWrap: 20 })
    .hook('preAction', (_, command) => {
      assertFilled(command)
      // What a config or a hook prints would stand in the middle of the value.
      if (command.getOptionValue('json') === true) globalThis.console = new Console(process.stderr, process.stderr)
    })
    .configureOutput({ writeOut: print, writeErr: tell })

  addBuildCommands(program)
  addShowCommand(program)
  addCheckCommand(program)
  addInitCommand(program)
  addPingCommand(program)
  addServeCommand(program)
  addCompletionCommand(program)
  return program
}

/** An empty text is mostly a variable of the shell that is not set; taken for a folder it would be the one that one is in. */
function assertFilled(command: Command): void {
  if (command.args.includes(''))
    throw new WeekloomError('An empty text is given for a file or an address.', 'Perhaps a variable is not set.')
  const empty = command.options.find(option => command.getOptionValue(option.attributeName()) === '')
  if (empty?.long == null) return
  throw new WeekloomError(`${empty.long} is given an empty text.`, 'Perhaps a variable is not set; leave the flag out for its default.')
}

/** Reads the command line, does what it says, and sets the exit status. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const { console } = globalThis
  try {
    const program = makeProgram()
    await assertCommand(program, args)
    await program.parseAsync(args.map(withoutQuotes), { from: 'user' })
  } catch (error) {
    // --help and --version end here too, with status 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.misuse
    else process.exitCode = explainCrash(error)
  } finally {
    globalThis.console = console
  }
}

/** The shells of Windows take single quotes, in which other systems write a pattern, for a part of the text. */
function withoutQuotes(text: string): string {
  return process.platform === 'win32' ? text.replace(/^'(.*)'$/s, '$1') : text
}

/** `build` needs no name, so a mistyped command would be taken for a file that is not there. */
async function assertCommand(program: Command, [first = '', second = '']: readonly string[]): Promise<void> {
  const names = [...program.commands.map(command => command.name()), 'help']
  const isHelp = first === 'help' && second !== '' && !second.startsWith('-')
  const word = isHelp ? second : first
  if (!/^[a-z][a-z-]*$/i.test(word) || names.includes(word) || (!isHelp && existsSync(word))) return
  const { nearestName } = await import('../text/nearest-name.js')
  const meant = nearestName(word, names)
  throw new WeekloomError(
    isHelp ? `There is no command ${word}.` : `There is no command ${word}, and no file of that name.`,
    meant === undefined ? `Commands are ${names.join(', ')}.` : `Did you mean weekloom ${meant}?`,
  )
}
