import { type Command, InvalidArgumentError } from 'commander'
import { counted } from '../text/counted.js'
import { addReadingOptions, type BuildFlags, configPath, locateInConfig, readOptions, tellUnread } from './build-command.js'
import { stoppable } from './interrupt.js'
import { printJson } from './print-json.js'
import { showProgress } from './progress.js'
import { say } from './say.js'
import { outliveStrayErrors } from './stray-errors.js'

interface ServeFlags extends BuildFlags {
  port: number
  host: string
  public?: boolean
  json?: boolean
}

/** Adds `serve`. */
export function addServeCommand(program: Command): void {
  addReadingOptions(program.command('serve'))
    .description('serve the feeds on this machine, and build again when a post, the config or a file of the config changes; writes no feed')
    .argument('[files...]', 'weekly posts, as a pattern or a list; without them the config file says what is read')
    .option('--port <number>', 'port to listen on; 0 for any that is free', readPort, 4400)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--public', 'allow an address that other machines can reach')
    .option('--json', 'print address and problems of the first build as JSON on stdout')
    .action(serve)
}

function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.')
  return Number(text)
}

async function serve(files: string[], flags: ServeFlags): Promise<void> {
  const { servePreview } = await import('../serve/start-preview.js')
  const { listConfigFiles } = await import('../build/config-files.js')
  const config = await configPath(files, flags)
  if (!flags.quiet) await tellUnread(files, flags)
  let isTold = !flags.json
  let isFirst = true
  const open = () => showProgress({ quiet: flags.quiet ?? false })
  let progress = open()
  await stoppable(({ signal }) =>
    servePreview({
      // Only what is fetched takes so long that it is worth a line.
      options: async () => ({
        ...(await readOptions(files, flags)),
        onProgress: event => (event.step === 'fetch' ? progress.event(event) : undefined),
      }),
      host: flags.host,
      port: flags.port,
      isPublic: flags.public ?? false,
      watch: () => (config === undefined ? [] : listConfigFiles(config)),
      signal,
      onStray: outliveStrayErrors,
      onEarly(url) {
        if (!flags.quiet) say(`What the store has is at ${url} while the rest is fetched; Ctrl-C stops`)
      },
      onBuilt({ url, problems, failure }) {
        progress.end()
        progress = open()
        if (!isTold) printJson({ url, problems })
        isTold = true
        // That what is shown is old is no news to be quiet about.
        if (flags.quiet && failure === undefined) return
        const count = problems.length === 0 ? 'no problems' : `${counted(problems.length, 'problem')}: ${url}problems`
        const again = isFirst ? '' : `as of ${new Date().toLocaleTimeString('sv-SE')} `
        isFirst = false
        say(
          failure === undefined
            ? `Serving ${url} ${again}(${count}); Ctrl-C stops`
            : `The build failed, the last one is served on: ${failure}`,
        )
      },
    })
      .catch(async error => {
        throw await locateInConfig(error, files, flags)
      })
      .finally(() => progress.end()),
  )
}
