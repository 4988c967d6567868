import { readFileSync } from 'node:fs'
import { extname, relative } from 'node:path'
import type { Command } from 'commander'
import { causeOf, WeekloomError } from '../problems.js'
import { exitCodes } from './exit.js'
import type { Shown } from './shown.js'

/** What the command line gives. */
interface ShowFlags {
  timeZone?: string
  json?: boolean
}

type ShowDocument = (text: string, path: string, flags: { timeZone: string }) => Shown

/** How each kind of document is shown, by the ending of its name. */
const kinds: Readonly<Record<string, () => Promise<ShowDocument>>> = {
  '.md': async () => (await import('./show-post.js')).showPost,
  '.markdown': async () => (await import('./show-post.js')).showPost,
  '.mdx': async () => (await import('./show-post.js')).showPost,
  '.html': async () => (await import('./show-page.js')).showPage,
  '.htm': async () => (await import('./show-page.js')).showPage,
}

/** Adds `show`: what would be read from a document, where each field came from, and what is wrong with it. */
export function addShowCommand(program: Command): void {
  program
    .command('show')
    .description('what is read from a post or a saved page, and why')
    .argument('<file>', 'a weekly post (.md) or a saved page (.html)')
    .option('--time-zone <name>', 'zone of dates without a zone', 'Asia/Shanghai')
    .option('--json', 'as JSON')
    .action((file: string, flags: ShowFlags) => show(file, flags))
}

async function show(file: string, { timeZone = 'Asia/Shanghai', json = false }: ShowFlags): Promise<void> {
  const load = kinds[extname(file).toLowerCase()]
  if (!load)
    throw new WeekloomError(`${file} is of no kind that can be shown.`, `Name a file that ends in ${Object.keys(kinds).join(', ')}.`)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new WeekloomError(`${file} cannot be read: ${causeOf(error)}`, 'Check the path.')
  }
  const shown = (await load())(text, relative('.', file).split('\\').join('/'), { timeZone })
  process.stdout.write(json ? `${JSON.stringify({ document: shown.data, problems: shown.problems }, null, 2)}\n` : shown.text)
  if (!json) {
    const { formatProblem } = await import('./summary.js')
    for (const problem of shown.problems) process.stdout.write(`${formatProblem(problem)}\n`)
  }
  process.exitCode = exitCodes.fine
}
