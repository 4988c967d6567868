import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundled } from '../tsup.config.js'

/** A room imports only rooms of a lower rank. */
const ranks: Record<string, number> = {
  'version.ts': 0,
  'types.ts': 0.6,
  'problem-catalogue.ts': 0,
  'problems.ts': 0.5,
  text: 1,
  links: 1.5, // addresses are text
  post: 2,
  wechat: 2,
  feed: 2,
  fetch: 2,
  store: 2,
  article: 3,
  entry: 3,
  page: 3.5, // shows entries
  sources: 4,
  run: 5,
  'aggregate.ts': 6,
  build: 7,
  serve: 7,
  init: 7.5, // a first build
  cli: 8,
  integrations: 8.5, // they say what the command says
}
/** What people import; index.ts adds to core.ts. */
const entryPoints: Record<string, number> = {
  'core.ts': 9,
  'handler.ts': 9,
  'bridge-feed.ts': 9,
  'bridge-rss-parser.ts': 9,
  'index.ts': 10,
}
const roomsThatTouchTheWorld = new Set(['fetch', 'store', 'sources', 'run', 'build', 'serve', 'init', 'cli', 'integrations'])
const longest = 300
/** One idea each, and no code: the nouns, and the table of problems. */
const tables = new Set(['types.ts', 'problem-catalogue.ts'])

const root = join(import.meta.dirname, '../src')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => file.split('\\').join('/'))
  .sort()

interface Module {
  file: string
  text: string
  room: string
  rank: number
  own: string[]
  packages: string[]
}

const modules = new Map<string, Module>(files.map(file => [file, readModule(file)]))

function readModule(file: string): Module {
  const text = readFileSync(join(root, file), 'utf8')
  const room = file.includes('/') ? (file.split('/')[0] ?? '') : file
  const specifiers = [
    ...text.matchAll(
      /(?:^|\n)(?:import|export)[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from '([^']+)'|import\('([^']+)'\)|(?:^|\n)import '([^']+)'/g,
    ),
  ].map(match => match[1] ?? match[2] ?? match[3] ?? '')
  const own = specifiers
    .filter(name => name.startsWith('.'))
    .map(name => relative(root, join(root, dirname(file), name)).replace(/\.js$/, '.ts'))
  return {
    file,
    text,
    room,
    rank: entryPoints[file] ?? ranks[room] ?? Number.NaN,
    own,
    packages: specifiers.filter(name => !name.startsWith('.')),
  }
}

function reachable(from: string): Set<string> {
  const seen = new Set<string>()
  const open = [from]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    open.push(...(modules.get(file)?.own ?? []))
  }
  return seen
}

const claim = (list: readonly string[]) => expect(list, list.join('\n')).toEqual([])

describe('the rooms of the house', () => {
  it('are all known, and every import leads to a module that is there', () => {
    claim([...modules.values()].filter(module => Number.isNaN(module.rank)).map(module => `${module.file}: no room of that name`))
    claim([...modules.values()].flatMap(module => module.own.filter(own => !modules.has(own)).map(own => `${module.file} → ${own}`)))
  })

  it('import only rooms of a lower rank', () => {
    claim(
      [...modules.values()].flatMap(module =>
        module.own
          .filter(own => (modules.get(own)?.room ?? '') !== module.room && (modules.get(own)?.rank ?? 0) >= module.rank && module.rank > 0)
          .map(own => `${module.file} → ${own}`),
      ),
    )
  })

  it('have no ring of imports', () => {
    claim([...modules.values()].filter(module => module.own.some(own => reachable(own).has(module.file))).map(module => module.file))
  })

  it('hold no barrels: only entry points re-export', () => {
    claim(
      [...modules.values()]
        .filter(module => !(module.file in entryPoints) && /^export (\*|\{[^}]*\}) from/m.test(module.text))
        .map(module => module.file),
    )
    claim(files.filter(file => /(^|\/)(index|utils?|helpers?|common|manager|service)\.ts$/.test(file) && file !== 'index.ts'))
  })

  it('touch the world only where they are meant to', () => {
    claim(
      [...modules.values()]
        .filter(module => !roomsThatTouchTheWorld.has(module.room) && module.packages.some(name => name.startsWith('node:')))
        .map(module => module.file),
    )
    claim(
      [...modules.values()]
        .filter(module => /\bDate\.now\(\)|new Date\(\)|Math\.random\(\)/.test(module.text) && !roomsThatTouchTheWorld.has(module.room))
        .map(module => module.file),
    )
  })

  it('write what strangers may have written to the terminal through one module, and JSON through another', () => {
    const mayWrite = /^cli\/(?:write|print-json|broken-pipe|ask|progress|main|completion-command)\.ts$/
    claim(
      [...modules.values()]
        .filter(({ file, text }) => /std(?:out|err)\.write\(/.test(text) && !mayWrite.test(file))
        .map(({ file }) => file),
    )
  })

  it('keep what runs everywhere free of Node, of its clock and of zod', () => {
    const everywhere = ['core.ts', 'handler.ts'].flatMap(entry => [...reachable(entry)])
    const packages = everywhere.flatMap(file => (modules.get(file)?.packages ?? []).map(name => `${file}: ${name}`))
    claim(packages.filter(entry => /: (node:|zod|undici|p-limit|feed$|rss-parser|cheerio$|jiti|commander)/.test(entry)))
    claim(everywhere.filter(file => /\b(?:process|Buffer)\.|Date\.now\(|new Date\(\)/.test(modules.get(file)?.text ?? '')))
  })

  it('import packages that are installed with this one, or meant to be bundled', () => {
    const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(readFileSync(join(root, '../package.json'), 'utf8'))
    const known = new Set([...Object.keys(dependencies), ...bundled])
    const packages = [...modules.values()].flatMap(module => module.packages.map(name => ({ file: module.file, name })))
    const isKnown = (name: string) => name.startsWith('node:') || known.has(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '')
    claim(packages.filter(({ name }) => !isKnown(name)).map(({ file, name }) => `${file}: ${name}`))
  })

  it('let one module alone import p-limit, since a limiter inside itself locks', () => {
    expect([...modules.values()].filter(module => module.packages.includes('p-limit')).length).toBeLessThanOrEqual(1)
  })

  it(`are made of modules of at most ${longest} lines`, () => {
    claim(
      [...modules.values()]
        .filter(module => !tables.has(module.file) && module.text.split('\n').length - 1 > longest)
        .map(module => `${module.file}: ${module.text.split('\n').length - 1}`),
    )
  })

  it('use no any, no hidden cast and no suppressed check', () => {
    claim(
      [...modules.values()]
        .filter(module =>
          /\bas unknown as\b|@ts-(ignore|expect-error|nocheck)|biome-ignore|[:<] ?any\b/.test(
            module.text.replace(/^\s*(\*|\/\/|\/\*).*$/gm, ''),
          ),
        )
        .map(module => module.file),
    )
  })
})
