import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { findConfig, findConfigAbove, findMisnamed, findUnread, loadConfig } from '../../src/build/load-config.js'
import { WeekloomError } from '../../src/problems.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const put = (path: string, value: unknown) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), typeof value === 'string' ? value : JSON.stringify(value, null, 2))
  return join(cwd, path)
}
const site = { title: 'Loom', url: 'https://loom.example/' }
const sources = [{ weekly: 'posts/*.md' }]
const messageOf = async (file: string) => {
  const error = await loadConfig(file).catch((caught: unknown) => caught)
  if (!(error instanceof WeekloomError)) throw new Error('It was loaded.')
  return error.message
}

describe('a config', () => {
  it('is found by its name, TypeScript first', () => {
    put('weekloom.config.json', {})
    expect(findConfig(cwd)).toBe(join(cwd, 'weekloom.config.json'))
    put('weekloom.config.ts', '')
    expect(findConfig(cwd)).toBe(join(cwd, 'weekloom.config.ts'))
  })

  it('is looked for in the folders above too, and those beside it that are not read are known', () => {
    const config = put('weekloom.config.mjs', '')
    put('weekloom.config.json', {})
    put('a/b/c.md', '')
    expect(findConfigAbove(join(cwd, 'a/b'))).toBe(config)
    expect(findUnread(config)).toEqual(['weekloom.config.json'])
    expect(findUnread(put('own.json', {}))).toEqual([])
  })

  it('in JSON may be written in UTF-16, as the shell of Windows does it, and has its lines there too', async () => {
    const file = join(cwd, 'weekloom.config.json')
    const write = (config: object) => writeFileSync(file, `\u{feff}${JSON.stringify(config, null, 2)}`, 'utf16le')
    write({ site, sources })
    expect(await loadConfig(file, {})).toMatchObject({ site })
    write({ site, sources, outptu: 'feeds' })
    expect(await messageOf(file)).toContain(`${file}:11  `)
  })

  it('in JSON may begin with a byte order mark, and names the line where it is broken', async () => {
    const marked = put('weekloom.config.json', `\u{feff}${JSON.stringify({ site, sources })}`)
    expect(await loadConfig(marked, {})).toMatchObject({ site })
    expect(await messageOf(put('broken.json', '{\n  "site": {},\n}\n'))).toContain('broken.json:3 is not valid JSON')
    expect(await messageOf(put('short.json', '{\n  "site": {'))).toContain('short.json:2 is not valid JSON')
  })

  it('merges the tables of what it extends, and replaces everything else', async () => {
    put('shared/base.json', {
      site: { ...site, language: 'en' },
      feeds: { a: { limit: 3 }, b: {} },
      fetch: { total: 2 },
      failOn: ['churn'],
    })
    put('more.json', { extends: './shared/base.json', fetch: { perHost: 2 } })
    const file = put('weekloom.config.json', {
      extends: ['more.json'],
      $schema: 'x',
      site: { title: 'Own' },
      feeds: { a: { content: 'title' } },
      failOn: [],
      sources,
    })
    expect(await loadConfig(file, {})).toMatchObject({
      site: { title: 'Own', url: site.url, language: 'en' },
      feeds: { a: { limit: 3, content: 'title' }, b: {} },
      fetch: { total: 2, perHost: 2 },
      failOn: [],
      cwd,
    })
  })

  it('extends a package by its name', async () => {
    put('node_modules/weekly-preset/package.json', { name: 'weekly-preset', main: 'preset.json' })
    put('node_modules/weekly-preset/preset.json', { site })
    expect((await loadConfig(put('weekloom.config.json', { extends: 'weekly-preset', sources }), {})).site).toEqual(site)
  })

  it.each([
    ['a ring', { extends: './weekloom.config.json' }, /extends .*weekloom\.config\.json\.$/],
    ['what is not there', { extends: './nowhere.json' }, /extends \.\/nowhere\.json, which is neither/],
    ['a number', { extends: 3 }, /extends must be a path/],
  ])('that extends %s is refused', async (_, config, message) => {
    expect(await messageOf(put('weekloom.config.json', config))).toMatch(message)
  })

  it.each([
    [
      'a key in a table',
      { site: { ...site, timezone: 'UTC' }, sources },
      /weekloom\.config\.json:5 {2}Option site\.timezone: is not an option; did you mean timeZone\?/,
    ],
    [
      'a key of a source',
      { site, sources: [{ weekly: 'a', tiemZone: 'UTC' }] },
      /:9 {2}Option weekly\.tiemZone: is not an option; did you mean timeZone\?/,
    ],
    [
      'a value of a source',
      { site, sources: [{ weekly: 'a', entries: ['question'] }] },
      /:9 {2}Option weekly\.entries\.0: must be one of "questions"/,
    ],
    [
      'a placeholder of a source',
      { site, sources: [{ weekly: 'a', url: ['/:slug/', '/:tilte/'] }] },
      /:9 {2}Option weekly\.url\.1: "\/:tilte\/" holds :tilte, which is no placeholder; did you mean :title\?/,
    ],
    [
      'a field of a pattern',
      { site, sources: [{ feeds: 'https://a.example/', include: { titel: 'x' } }] },
      /:9 {2}Option feeds\.include: entries have no field "titel"; did you mean title\?/,
    ],
    [
      'a pattern',
      { site, sources: [{ opml: 'a.opml', exclude: 3 }] },
      /:9 {2}Option opml\.exclude: 3 is no pattern; use a text, in which \* stands for anything, or an expression/,
    ],
    [
      'the key of a host',
      { site, sources, hosts: { 'a.example': 'http://127.0.0.1:1', 'https://b.example': 'http://127.0.0.1:1' } },
      /:13 {2}Option hosts\.https:\/\/b\.example: must be under the name of a host; did you mean b\.example\?/,
    ],
    [
      'a key in a list',
      { site, sources, failOn: ['churn', { entriesBelw: 10 }] },
      /:14 {2}Option failOn\.1\.entriesBelw: is not an option; did you mean entriesBelow\?/,
    ],
    [
      'the second key of a name',
      { fetch: { total: 2 }, feeds: { feed: { total: 2 } }, site, sources },
      /:7 {2}Option feeds\.feed\.total: is not an option/,
    ],
  ])('names file and line of %s that is wrong', async (_, config, message) => {
    expect(await messageOf(put('weekloom.config.json', config))).toMatch(message)
  })

  it.each([
    ['null', 'export default null\n', /weekloom\.config\.ts exports null\.$/],
    [
      'a module that is not there',
      "\nimport x from './nowhere.js'\nexport default x\n",
      /config\.ts:2 cannot be loaded: Cannot find module '\.\/nowhere\.js'$/,
    ],
    [
      'a package that is not there',
      "import x from 'nowhere-pkg'\nexport default x\n",
      /config\.ts:1 cannot be loaded: Cannot find module 'nowhere-pkg'$/,
    ],
    ['code that throws', "\n\nthrow new Error('mine')\n", /config\.ts:3 cannot be loaded: mine$/],
    ['code of another file that throws', "import './other.ts'\nexport default {}\n", /other\.ts:2 cannot be loaded: mine$/],
    ['what is no TypeScript', 'export default {\n  a: 1\n  b: 2 }\n', /cannot be loaded: ParseError: .* \S*weekloom\.config\.ts:3:/],
    [
      'a folder that it extends',
      "export default {\n  extends: './shared',\n}\n",
      /weekloom\.config\.ts:2 extends \.\/shared, which is a folder\.$/,
    ],
  ])('is refused with its place, in a sentence, for %s', async (_, text, message) => {
    put('shared/base.json', { site })
    put('other.ts', "\nthrow new Error('mine')\n")
    expect(await messageOf(put('weekloom.config.ts', text))).toMatch(message)
  })

  it('names the variable of the environment that is mistaken', async () => {
    const file = put('weekloom.config.json', { site, sources })
    await expect(loadConfig(file, { WEEKLOOM_IMAGES: 'bogus' })).rejects.toThrow(
      /^The variable WEEKLOOM_IMAGES must be 'no-referrer', 'keep'/,
    )
    expect(await loadConfig(file, { WEEKLOOM_IMAGES: 'keep' })).toMatchObject({ images: 'keep' })
  })

  it('names the file and line of a mistake in what it extends', async () => {
    put('base.json', { site, storee: 'x' })
    expect(await messageOf(put('weekloom.config.json', { extends: './base.json', sources }))).toMatch(
      /base\.json:6 {2}Option storee: .* mean store\?/,
    )
  })

  it('names the line of a source with a mistake in TypeScript', async () => {
    const file = put('weekloom.config.mjs', "export default { site: {}, sources: [\n  weekly('a', {\n    lnks: () => true }),\n] }")
    writeFileSync(
      file,
      `import { weekly } from '${join(import.meta.dirname, '../../src/sources/weekly.ts')}'\n${readFileSync(file, 'utf8')}`,
    )
    expect(await messageOf(file)).toMatch(/mjs:4 {2}Option weekly\.lnks: is not an option; did you mean links\?/)
  })

  it.each(['weekloom.config.cjs', 'weekloom.config.yaml', '.weekloomrc', 'weekloom.conf.ts', 'weekloom-config.js'])(
    'that is called %s is noticed',
    name => {
      put('.weekloom/ledger.json', {})
      expect(findMisnamed(cwd)).toBe(undefined)
      put(name, '')
      expect(findMisnamed(cwd)).toBe(name)
    },
  )

  it('names the line of an option that is called as something imported', async () => {
    const file = put('weekloom.config.mjs', '')
    writeFileSync(file, "import {\n  join as feeds,\n} from 'node:path'\nvoid feeds\nexport default {\n  feeds: {},\n}\n")
    expect(await messageOf(file)).toMatch(/mjs:6 {2}Option feeds: must name at least one feed/)
  })

  it.each([
    ['nothing by default', 'export const config = {}', 'exports nothing by default'],
    ['a function', 'export default () => ({})', 'exports a function'],
  ])('that exports %s is told how to end', async (_, text, message) => {
    const file = put('weekloom.config.mjs', '')
    writeFileSync(file, text)
    expect(await messageOf(file)).toContain(message)
  })

  it('knows the name of extends when it is mistyped', async () => {
    expect(await messageOf(put('weekloom.config.json', { extend: './base.json', site, sources }))).toContain('did you mean extends?')
  })

  it('says which source of a JSON config was meant', async () => {
    expect(await messageOf(put('weekloom.config.json', { site, sources: [{ weekl: 'a' }] }))).toContain('did you mean weekly?')
  })

  it('is overridden by the environment in what may hold a secret, and in nothing else', async () => {
    const file = put('weekloom.config.json', { site, sources, images: 'keep', output: 'out' })
    const environment = { WEEKLOOM_IMAGES: 'https://proxy.example/?key=s3cret&url={url}', WEEKLOOM_OUTPUT: 'x', OUTPUT: 'x' }
    expect(await loadConfig(file, environment)).toMatchObject({ images: environment.WEEKLOOM_IMAGES, output: 'out' })
    expect(await loadConfig(file, {})).toMatchObject({ images: 'keep' })
  })
})

describe('the JSON schema', () => {
  const { anyOf, ...shared } = JSON.parse(readFileSync(join(import.meta.dirname, '../../dist/schema.json'), 'utf8'))
  // What zod reads of a JSON schema leaves out an `anyOf` beside properties.
  const forms = anyOf.map((form: object) => z.fromJSONSchema({ ...shared, ...form }))
  const accepts = (config: object) => forms.some((form: z.ZodType) => form.safeParse(config).success)
  it.each([
    ['the smallest config', { site, sources }],
    [
      'a source of each kind',
      {
        site,
        sources: [
          { weekly: ['a', 'b'], url: '/:slug/', entries: ['questions'] },
          { articles: 'https://a.example/', pages: 1 },
          { feeds: 'https://a.example/' },
        ],
      },
    ],
    ['what extends another', { extends: './base.json', feeds: { feed: { of: 'issues', limit: false, maxBytes: 1000 } } }],
    [
      'texts that are open',
      { site, sources, images: 'https://proxy.example/{url}', failOn: ['churn', { entriesBelow: 3 }], fullText: true },
    ],
  ])('accepts %s', (_, config) => expect(accepts(config)).toBe(true))
  it.each([
    ['a typo', { site, sources, storee: 'x' }],
    ['a typo in a source', { site, sources: [{ weekly: 'a', lnks: 'x' }] }],
    ['no site', { sources }],
    ['a word that is not known', { site, sources, network: 'off' }],
    ['what only a program can give', { site, sources, signal: {} }],
  ])('refuses %s', (_, config) => expect(accepts(config)).toBe(false))
})
