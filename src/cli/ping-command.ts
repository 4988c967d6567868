import type { Command } from 'commander'
import { WeekloomError } from '../problems.js'
import { untilStopped } from '../run/until-stopped.js'
import { exitCodes } from './exit.js'
import { stoppable } from './interrupt.js'
import { printJson } from './print-json.js'
import { say } from './say.js'
import { print } from './write.js'

interface PingFlags {
  config?: string
  dryRun?: boolean
  json?: boolean
}

/** Adds `ping`: tells the WebSub hubs which of the published feeds changed. */
export function addPingCommand(program: Command): void {
  program
    .command('ping')
    .description('tell the WebSub hub which published feeds changed since it was last told')
    .option('--config <file>', 'config file (default: weekloom.config.{ts,mts,js,mjs,json})')
    .option('--dry-run', 'tell nobody, say what would be told')
    .option('--json', 'print what was told as JSON on stdout')
    .action(ping)
}

async function ping({ config, dryRun = false, json = false }: PingFlags): Promise<void> {
  const { findConfig, loadConfig } = await import('../build/load-config.js')
  const path = config ?? findConfig(process.cwd())
  if (path === undefined) {
    throw new WeekloomError(`There is no config file in ${process.cwd()}.`, 'Write one that names a `hub`, or name it with --config.')
  }
  const { pingHubs } = await import('../build/ping-hubs.js')
  const { formatProblems } = await import('./problem-lines.js')
  const { pings, problems } = await stoppable(async ({ signal }) =>
    pingHubs({ ...(await untilStopped(loadConfig(path), signal, 'the config')), signal }, { dryRun, config: path }),
  )
  if (json) printJson({ pings, problems })
  else for (const { hub, feed, state } of pings) print(`${state.padEnd(9)}  ${feed}  ${hub}\n`)
  if (problems.length > 0) say(formatProblems(problems).trimEnd())
  process.exitCode = problems.some(({ level }) => level === 'error') ? exitCodes.policy : exitCodes.fine
}
