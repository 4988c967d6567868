import { writeFileSync } from 'node:fs'
import { extname, relative } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { causeOf, WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import { explainZone } from '../text/explain-zone.js'
import { isTimeZone } from '../text/zone.js'
import { exitCodes } from './exit.js'
import { printJson } from './print-json.js'
import { isAddress, readPlace, textOf } from './read-place.js'
import { say } from './say.js'
import type { Shown, ShownInput } from './shown.js'
import { print } from './write.js'

/** What the command line gives. */
interface ShowFlags {
  timeZone?: string
  json?: boolean
  save?: string
  config?: string
}

type ShowDocument = (input: ShownInput) => Shown | Promise<Shown>

const post = async (): Promise<ShowDocument> => (await import('./show-post.js')).showPost
const page = async (): Promise<ShowDocument> => (await import('./show-page.js')).showPage
const feed = async (): Promise<ShowDocument> => (await import('./show-feed.js')).showFeed

/** How each kind of document is shown, by the ending of its name. */
const kinds: Readonly<Record<string, () => Promise<ShowDocument>>> = {
  '.md': post,
  '.markdown': post,
  '.mdx': post,
  '.html': page,
  '.htm': page,
  '.xml': feed,
  '.rss': feed,
  '.atom': feed,
  '.json': feed,
}

/** Adds `show`: what would be read from a document, where each field came from, what was passed over, and what is wrong with it. */
export function addShowCommand(program: Command): void {
  program
    .command('show')
    .description('what is read from a post, a page or a feed, field by field, and why')
    .argument('<place>', 'a post (.md), a saved page (.html), a feed (.xml, .json), or an address')
    .option('--time-zone <name>', 'zone of dates without a zone (default: that of the config, else Asia/Shanghai)', readZone)
    .option('--config <file>', 'config file whose zone, hosts and extractors count (default: weekloom.config.{ts,mts,js,mjs,json})')
    .option('--save <file>', 'keep what the address answered in a file')
    .option('--json', 'print it as JSON on stdout')
    .action((place: string, flags: ShowFlags) => show(place, flags))
}

function readZone(name: string): string {
  if (!isTimeZone(name)) throw new InvalidArgumentError(`It ${explainZone(name)}`)
  return name
}

async function show(place: string, { timeZone, json = false, save, config }: ShowFlags): Promise<void> {
  const known = isAddress(place) ? undefined : kinds[extname(place).toLowerCase()]
  if (!known && !isAddress(place))
    throw new WeekloomError(
      `${place} is of no kind that can be shown.`,
      `Name an address, or a file that ends in ${Object.keys(kinds).join(', ')}.`,
    )
  const { file, options } = known === feed && config === undefined ? none : await readConfig(config)
  const read = await readPlace(place, options.hosts)
  if (!read.ok) {
    const { message, cause, hint } = read.problem
    if (!isAddress(place)) throw new WeekloomError(`${place} cannot be read: ${cause ?? message}`, 'Check the path.')
    throw new WeekloomError(message, hint, { problem: read.problem })
  }
  const { body, finalUrl } = read.value
  if (save !== undefined) keep(save, body)
  const load = known ?? (looksLikeFeed(textOf(read.value)) ? feed : page)
  const input = {
    place: isAddress(place) ? finalUrl : relative('.', place).split('\\').join('/'),
    body,
    timeZone: timeZone ?? options.site?.timeZone ?? 'Asia/Shanghai',
    future: options.future ?? false,
    extractors: options.extractors ?? [],
    config: file,
  }
  const shown = await (await load())(input)
  const data = { document: shown.data, ...(shown.fields ? { fields: shown.fields } : {}), problems: shown.problems }
  if (json) printJson(data)
  else {
    print(shown.text)
    const { formatProblems } = await import('./problem-lines.js')
    print(formatProblems(shown.problems, process.stdout))
  }
  process.exitCode = exitCodes.fine
}

interface OwnConfig {
  file: string
  options: Partial<Options>
}

const none: OwnConfig = { file: '', options: {} }

/** The config that was named, else the one that lies here; without one that can be read, nothing is set. */
async function readConfig(named: string | undefined): Promise<OwnConfig> {
  const { findConfig, loadConfig } = await import('../build/load-config.js')
  const file = named ?? findConfig(process.cwd())
  if (file === undefined) return none
  try {
    return { file, options: await loadConfig(file) }
  } catch (error) {
    if (named !== undefined) throw error
    say(`weekloom: the config is left aside: ${causeOf(error)}`)
    return none
  }
}

function looksLikeFeed(text: string): boolean {
  return (
    /^\s{0,99}(?:\{|<\?xml|<(?:rss|feed|rdf:RDF|opml)\b)/.test(text.slice(0, 500).replace(/^\ufeff/, '')) &&
    !/<html\b/i.test(text.slice(0, 2000))
  )
}

function keep(file: string, body: string | Uint8Array): void {
  try {
    writeFileSync(file, body)
  } catch (error) {
    throw new WeekloomError(`The page could not be kept in ${file}: ${causeOf(error)}`, 'Choose another place with --save.')
  }
}
