import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join, relative, sep } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { autodiscoveryTags } from '../src/feed/autodiscovery.js'
import { feedFormats } from '../src/feed/feed-addresses.js'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'examples/docs')
/** It has no sh, and links files for administrators alone. */
const isWindows = process.platform === 'win32'
const needsUnix: ReadonlySet<string> = new Set(['build.sh', 'astro/package.json'])
const read = (file: string) => readFileSync(join(folder, file), 'utf8')

// A site of its own for each example, since some write feeds.
let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-example-'))
  mkdirSync(join(cwd, 'content/blog/weekly-12'), { recursive: true })
  writeFileSync(
    join(cwd, 'content/blog/weekly-12/index.md'),
    '---\ntitle: Weekly 12\ndate: 2024-05-31T12:00:00Z\n---\n\n- [a](https://a.example/)\n',
  )
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true })
  symlinkSync(root, join(cwd, 'node_modules/weekloom'), 'junction')
  if (!isWindows) symlinkSync(join(root, 'dist/cli.js'), join(cwd, 'node_modules/.bin/weekloom'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const jiti = ['--import', import.meta.resolve('jiti/register')]

/** It ends by itself, with nothing to complain about. */
function runsWhole(file: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...jiti, join(folder, file)], { cwd, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

/** Each line is a script of this repository. */
function namesScripts(file: string): void {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named = [...read(file).matchAll(/^npm (?:run )?([\w:]+)/gm)].map(([, name = '']) => name)
  expect(named).toHaveLength(read(file).trim().split('\n').length)
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
}

/** What `autodiscoveryTags` writes, or the first of it. */
function isWhatTheCodeWrites(file: string): void {
  const tags = autodiscoveryTags({ info: { title: 'Example Weekly', feedUrl: 'https://example.org/feeds/' } })
  expect(tags.startsWith(read(file))).toBe(true)
}

/** The config with its extractor reads a saved page in a build. */
function readsByExtractor(): void {
  for (const file of ['own-extractor.ts', 'extractors.config.ts']) writeFileSync(join(cwd, file), read(file))
  mkdirSync(join(cwd, 'saved'))
  const page = '<title>t</title><link rel="canonical" href="https://wiki.example/paxos"><h1>Paxos</h1><main><p>Text.</p></main>'
  writeFileSync(join(cwd, 'saved/paxos.html'), page)
  const args = ['build', '--config', 'extractors.config.ts', '--frozen', '--quiet']
  const { stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd, encoding: 'utf8' })
  expect(stderr).toBe('')
  const { items } = JSON.parse(readFileSync(join(cwd, 'public/feeds/feed.json'), 'utf8'))
  expect(items).toContainEqual(expect.objectContaining({ title: 'Paxos', url: 'https://wiki.example/paxos' }))
}

/** Vite builds a site by it, with feeds by the config of the README. */
function buildsWithVite(file: string): void {
  for (const name of [file, 'site.config.ts']) writeFileSync(join(cwd, name.replace('site', 'weekloom')), read(name))
  writeFileSync(join(cwd, 'index.html'), '<!doctype html><title>Site</title>')
  symlinkSync(join(root, 'node_modules/vite'), join(cwd, 'node_modules/vite'), 'junction')
  execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], { cwd, stdio: 'pipe' })
  expect(readFileSync(join(cwd, 'dist/feeds/rss.xml'), 'utf8')).toContain('Weekly 12')
  expect(readFileSync(join(cwd, 'dist/index.html'), 'utf8')).toContain(read('tag.html').trim())
}

/** A part of the real tests runs it. */
const isRunBy = (test: string) => (file: string) => expect(readFileSync(join(root, test), 'utf8')).toContain(file)

const json = `${feedFormats.json.mediaType}; charset=utf-8`

const checks: Readonly<Record<string, (file: string) => void>> = {
  'try.sh': namesScripts,
  'contribute.sh': namesScripts,
  'install.sh': isRunBy('test/real/docs.test.ts'),
  'nginx/site.conf': isRunBy('test/real/docs.test.ts'),
  'tag.html': isWhatTheCodeWrites,
  'tags.html': isWhatTheCodeWrites,
  'build.sh': file => {
    execFileSync('sh', ['-e', join(folder, file)], { cwd, stdio: 'pipe' })
    for (const made of ['rss.xml', 'atom.xml', 'feed.json', 'feeds.html', 'issues/rss.xml', 'articles/rss.xml'])
      expect(existsSync(join(cwd, 'public/feeds', made))).toBe(true)
    expect(existsSync(join(cwd, '.weekloom'))).toBe(true)
  },
  'astro/package.json': file => {
    const commands: readonly string[] = Object.values(JSON.parse(read(file)).scripts)
    for (const [first = ''] of commands.map(command => command.split(' && '))) {
      const [program, ...args] = first.split(' ')
      execFileSync(join(cwd, 'node_modules/.bin', program ?? ''), [...args, 'content/blog/*/index.md', '--site', 'https://example.org'], {
        cwd,
        stdio: 'pipe',
      })
    }
    expect(existsSync(join(cwd, 'public/feeds/rss.xml'))).toBe(true)
  },
  'vite.config.ts': buildsWithVite,
  'astro/astro.config.mjs': isRunBy('test/real/integrations.test.ts'),
  'own-extractor.ts': readsByExtractor,
  'extractors.config.ts': readsByExtractor,
  'own-pipeline.ts': file => expect(runsWhole(file)).toMatch(/<title>Raft<[\s\S]*<title>Paxos</),
  'discovery.ts': file => expect(runsWhole(file).startsWith(read('tags.html'))).toBe(true),
  'server.ts': file => {
    const ask = `import { createJiti } from ${JSON.stringify(import.meta.resolve('jiti'))}
      const server = await createJiti(${JSON.stringify(root)}).import(${JSON.stringify(join(folder, file))}, { default: true })
      for (const path of ['atom.xml', 'index.xml']) {
        const { status, headers } = await server.fetch(new Request('https://example.org/feeds/' + path))
        console.log(status, headers.get('content-type') ?? headers.get('location'))
      }
      process.exit()`
    const answers = execFileSync(process.execPath, ['--input-type=module', '-e', ask], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, PORT: '0' },
    })
    expect(answers).toMatch(/^200 application\/atom\+xml.*\n301 .*issues\/atom\.xml\n$/)
  },
  'netlify/_redirects': file => {
    for (const line of read(file).trim().split('\n')) expect(line).toMatch(/^\/\S+ +\/feeds\/issues\/(rss|atom)\.xml +301$/)
  },
  // A star in the middle of a path is a sign like any other at Netlify, so each file has its own rule.
  'netlify/_headers': file =>
    expect(read(file)).toBe(['', 'issues/', 'articles/'].map(folder => `/feeds/${folder}feed.json\n  Content-Type: ${json}\n`).join('')),
  'vercel/vercel.json': file =>
    expect(JSON.parse(read(file))).toEqual({
      redirects: [{ source: '/index.xml', destination: '/feeds/issues/rss.xml', permanent: true }],
      headers: [{ source: '/feeds/feed.json', headers: [{ key: 'Content-Type', value: json }] }],
    }),
  'apache/.htaccess': file =>
    expect(read(file)).toBe(`Redirect permanent /index.xml /feeds/issues/rss.xml\n<Files "feed.json">\n  ForceType "${json}"\n</Files>\n`),
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))

it.for(files)('the example %s does what the docs say', (file, context) => {
  context.skip(isWindows && needsUnix.has(file), 'Windows cannot run it')
  const check = checks[file] ?? (extname(file) === '.ts' ? runsWhole : undefined)
  if (check === undefined) throw new Error('Nothing checks it: add a row.')
  check(file)
})
