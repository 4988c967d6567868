import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { version } from '../../src/version.js'
import { type Ended, runHere } from './run-here.js'

const root = join(import.meta.dirname, '../..')
const posts = join(root, 'fixtures/weekly/content/zh/blog/*weekly*/index.md')

let server: PageServer
let cwd: string
beforeAll(async () => {
  server = await startPageServer()
})
afterAll(() => server.close())
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-cli-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

/** The command as a person runs it. */
function weekloom(
  args: string[],
  { env = {}, onStderr }: { env?: Record<string, string>; onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void } = {},
): Promise<Ended> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', data => {
      stdout += data
    })
    child.stderr.on('data', data => {
      stderr += data
      onStderr?.(stderr, signal => child.kill(signal))
    })
    child.on('close', status => resolve({ status: status ?? -1, stdout, stderr }))
  })
}

/** The command in this process. */
const here = (args: string[]) => runHere(args, cwd)

function writeConfig(more = ''): void {
  writeFileSync(
    join(cwd, 'weekloom.config.ts'),
    `import { defineConfig, weekly } from 'weekloom'
export default defineConfig({
  site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
  sources: [weekly(${JSON.stringify(posts)}, { url: post => \`/blog/\${post.slug}/\` })],
  hosts: { 'mp.weixin.qq.com': '${server.origin}' },
  ${more}
})
`,
  )
}

const nine = ['', 'articles/', 'issues/'].flatMap(folder => ['atom.xml', 'feed.json', 'rss.xml'].map(file => `${folder}${file}`)).sort()
const feedFiles = (folder: string) =>
  readdirSync(join(cwd, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(xml|json)$/.test(path) && !path.startsWith('.'))
    .sort()

describe('weekloom build', () => {
  it('needs no config: a pattern, a site and a folder', async () => {
    const { status, stderr } = await weekloom(['build', posts, '--site', 'https://loomstack.example', '--out', 'public', '--frozen'])
    expect(stderr).toContain('issues')
    expect(status).toBe(0)
    expect(feedFiles('public')).toEqual(nine)
  })

  it('reads a TypeScript config, fetches, and says what it did', async () => {
    writeConfig()
    const { status, stdout, stderr } = await weekloom([])
    expect(status).toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/\d+ fetched, 0 from the store/)
    expect(stderr).toMatch(/1 × WECHAT_DELETED/)
    expect(stderr).toMatch(/11 created/)
    expect(feedFiles('public/feeds')).toEqual(nine)
    expect(readFileSync(join(cwd, 'public/feeds/atom.xml'), 'utf8')).toContain(
      '<link rel="self" type="application/atom+xml" href="https://loomstack.example/feeds/atom.xml"/>',
    )
  })

  it('changes nothing and asks for nothing when it runs again', async () => {
    writeConfig()
    await here([])
    const before = feedFiles('public/feeds').map(path => statSync(join(cwd, 'public/feeds', path)).mtimeMs)
    server.requests.length = 0
    const { stderr } = await weekloom([])
    expect(stderr).toContain('nothing changed')
    expect(server.requests).toEqual([])
    expect(feedFiles('public/feeds').map(path => statSync(join(cwd, 'public/feeds', path)).mtimeMs)).toEqual(before)
  })

  it.each([
    ['another zone', { TZ: 'America/New_York' }],
    ['another language', { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', TZ: 'Pacific/Auckland' }],
  ])('gives the same bytes in %s', async (_, env) => {
    writeConfig()
    await here(['--frozen', '--out', 'public/a'])
    await weekloom(['--frozen', '--out', 'public/b', '--base-url', 'https://loomstack.example/a/'], { env })
    for (const path of nine)
      expect(readFileSync(join(cwd, 'public/b', path), 'utf8')).toBe(readFileSync(join(cwd, 'public/a', path), 'utf8'))
  })

  it('keeps ids and dates when the output is deleted', async () => {
    writeConfig()
    await here([])
    const read = () => feedFiles('public/feeds').map(path => readFileSync(join(cwd, 'public/feeds', path), 'utf8'))
    const before = read()
    rmSync(join(cwd, 'public'), { recursive: true })
    await here(['--frozen'])
    expect(read()).toEqual(before)
  })

  it('prints the report on stdout with --json, and nothing else', async () => {
    writeConfig()
    const { stdout } = await weekloom(['--json', '--quiet', '--frozen'])
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ format: 1, network: 'frozen', feeds: { feed: expect.any(Number) } })
    expect(report.files).toHaveLength(11)
  })

  it('writes the report into a file with --report', async () => {
    writeConfig()
    await here(['--frozen', '--report', 'report.json'])
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).format).toBe(1)
  })

  it('writes nothing with --dry-run, and says what it would', async () => {
    writeConfig()
    const { stderr } = await here(['--frozen', '--dry-run'])
    expect(stderr).toMatch(/would write\s+11 created/)
    expect(existsSync(join(cwd, 'public'))).toBe(false)
  })

  it.skipIf(!existsSync('/proc/self'))('says so, and does not hang, where no folder can be made', async () => {
    writeConfig()
    const { status, stderr } = await here(['--frozen', '--out', '/proc/feeds'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('The feeds could not be written into /proc/feeds. [OUTPUT_UNWRITABLE]')])
  })

  it('ends with 1 when the run fails by its policy, after all is written', async () => {
    writeConfig('failOn: [{ entriesBelow: 1000 }],')
    const { status, stderr } = await here(['--frozen'])
    expect(status).toBe(1)
    expect(stderr).toContain('fewer than 1000')
    expect(feedFiles('public/feeds')).toEqual(nine)
  })

  it('writes nothing and ends with 1 when many published ids would be gone, unless told to accept it', async () => {
    writeConfig()
    await here(['--frozen'])
    const read = () => readFileSync(join(cwd, 'public/feeds/issues/atom.xml'), 'utf8')
    const before = read()
    const moved = ['--frozen', '--site', 'https://moved.example/']
    const held = await here(moved)
    expect(held.status).toBe(1)
    expect(held.stderr).toMatch(/feed issues would lose 16 of its 16 published ids/)
    expect(held.stderr).toContain('Look for a changed site address')
    expect(held.stderr).toContain('--accept-churn')
    expect(read()).toBe(before)
    expect((await here([...moved, '--accept-churn'])).status).toBe(0)
    expect(read()).toContain('https://moved.example/blog/')
    expect((await here(moved)).status).toBe(0)
  })

  it('names a damaged account of what was published as the cause that nothing is written', async () => {
    writeConfig()
    await here(['--frozen'])
    const folder = join(cwd, '.weekloom/published')
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{')
    const { status, stderr } = await here(['--frozen'])
    expect(status).toBe(1)
    expect(stderr).toContain('Nothing was written. Take the damaged record below `published/` of the store back from git; --accept-churn')
    expect(stderr).not.toContain('changed site address')
  })

  it('takes no id for gone that only falls behind the limit of a feed', async () => {
    writeConfig()
    await here(['--frozen', '--all'])
    writeConfig("feeds: { feed: { limit: 2 }, issues: { of: 'issues', limit: 2 }, articles: { of: 'articles', limit: 2 } },")
    expect((await here(['--frozen'])).status).toBe(0)
  })

  it('ends with 1 at a failure that is new, and with 0 when it is known', async () => {
    writeConfig("failOn: ['new-failures'],")
    const first = await here([])
    expect(first.status).toBe(1)
    expect(first.stderr).toMatch(/failed for the first time with WECHAT_DELETED/)
    expect((await here([])).status).toBe(0)
  })

  it('annotates problems for GitHub when it runs there', async () => {
    writeConfig()
    const { stderr } = await weekloom(['--frozen'], { env: { GITHUB_ACTIONS: 'true' } })
    expect(stderr).toMatch(/^::warning file=.*loom-weekly-20220107\/index\.md,line=\d+,title=POST_FRONT_MATTER_BROKEN::/m)
  })

  it('ends with 2 at a typo, and says which name was meant, in which file and line', async () => {
    writeConfig('feedz: {},')
    const { status, stderr } = await weekloom([])
    expect(status).toBe(2)
    expect(stderr).toMatch(/weekloom\.config\.ts:6\s+Option feedz: is not an option; did you mean feeds\?/)
  })

  it.each([
    ['nothing to read', [], 'no posts were named'],
    ['a mistyped command', ['biuld'], 'Did you mean weekloom build?'],
    ['a word that is neither command nor file', ['everything'], 'Commands are build, '],
    ['no site', ['x.md'], 'The address of the site is not known'],
    ['an option that is not known', ['--frozn'], "unknown option '--frozn'"],
    ['a pattern that matches nothing', ['nowhere/*.md', '--site', 'https://loomstack.example'], 'No file matches nowhere/*.md'],
    ['a flag of nothing', ['x.md', '--site', 'https://loomstack.example', '--out', ''], '--out is given an empty text.'],
    ['a config that is not there', ['--config', 'nowhere.ts'], 'There is no config file'],
    ['a folder in place of a config', ['--config', '.'], 'is a folder, not a config file'],
    ['help on a mistyped command', ['help', 'buld'], 'Did you mean weekloom build?'],
    ['a check of an empty text', ['check', ''], 'An empty text is given for a file or an address.'],
    ['what contradicts itself', ['x.md', '--frozen', '--refresh'], "option '--refresh' cannot be used with option '--frozen'"],
    ['a site that is no address', ['x.md', '--site', 'loomstack'], 'site.url'],
  ])('ends with 2 for %s', async (_, args, message) => {
    const { status, stderr } = await here(args)
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(status).toBe(2)
  })

  it.each(['stdout', 'stderr'] as const)('writes all feeds when who reads its %s has read enough', async name => {
    writeConfig()
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), '--frozen', '--json'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    child[name].destroy()
    let told = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => (told += data))
    const status = await new Promise(resolve => child.on('close', resolve))
    expect([status, told]).toEqual([0, expect.not.stringContaining('EPIPE')])
    expect(feedFiles('public/feeds')).toEqual(nine)
  })

  it.skipIf(!existsSync('/dev/full'))('says so when its output cannot be written', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${join(root, 'dist/cli.js')}" completion bash >/dev/full`], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([2, expect.stringContaining('the output could not be written: ')])
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('takes off the single quotes that shells of Windows leave around a pattern', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32')
    const { status } = await here(['build', `'${posts}'`, '--site', "'https://loomstack.example'", '--out', "'public'", '--frozen'])
    expect(status).toBe(0)
    expect(feedFiles('public')).toEqual(nine)
  })

  it('says which of two configs is not read, and where the config is when it is started in a folder below', async () => {
    writeConfig()
    writeFileSync(join(cwd, 'weekloom.config.json'), '{}')
    expect((await here(['--frozen'])).stderr).toContain('weekloom.config.ts is read, weekloom.config.json beside it is not')
    expect((await here(['--frozen', '--quiet'])).stderr).toBe('')
    mkdirSync(join(cwd, 'a/b'), { recursive: true })
    const { status, stderr } = await runHere(['build'], join(cwd, 'a/b'))
    expect([status, stderr]).toEqual([2, expect.stringContaining(`There is one above: add --config ${join('../../weekloom.config.ts')},`)])
  })

  it('tells of a post without a date once, and not for each feed that shows it', async () => {
    writeFileSync(join(cwd, 'a.md'), '---\ntitle: A\n---\n')
    const { stderr } = await here(['a.md', '--site', 'https://loomstack.example/', '--frozen'])
    expect(stderr.match(/[A-Z]+_DATE_MISSING/g)).toEqual(['POST_DATE_MISSING'])
  })

  it('says with place and code that the output folder cannot be written, and keeps what was fetched', async () => {
    writeConfig("output: 'file/feeds',")
    writeFileSync(join(cwd, 'file'), '')
    const { status, stderr } = await here([])
    expect(status).toBe(2)
    expect(stderr).toContain('OUTPUT_UNWRITABLE')
    rmSync(join(cwd, 'file'))
    server.requests.length = 0
    expect((await here([])).status).toBe(0)
    expect(server.requests).toEqual([])
  })

  it('stops within a second on Ctrl-C, leaves no half file, and goes on from there', async () => {
    let delay = 150
    const slow = await startPageServer({ respond: () => new Promise(resolve => setTimeout(() => resolve(undefined), delay)) })
    writeConfig()
    const config = join(cwd, 'weekloom.config.ts')
    writeFileSync(config, readFileSync(config, 'utf8').replace(server.origin, slow.origin))
    let isWatching = false
    const { status, stderr } = await weekloom([], {
      onStderr(text, kill) {
        if (isWatching || !text.includes('Fetching')) return
        isWatching = true
        // In the middle: some pages have been had.
        const poll = setInterval(() => {
          if (slow.requests.length < 5) return
          clearInterval(poll)
          kill('SIGINT')
        }, 20)
      },
    })
    expect(status).toBe(130)
    expect(stderr).toContain('what was fetched is kept')
    expect(existsSync(join(cwd, 'public'))).toBe(false)
    const asked = slow.requests.length
    delay = 0
    await here([])
    await slow.close()
    expect(slow.requests.length - asked).toBeLessThan(new Set(slow.requests).size)
  })

  it('writes the report over no file of the config and no feed', async () => {
    writeConfig()
    const config = readFileSync(join(cwd, 'weekloom.config.ts'), 'utf8')
    const overConfig = await here(['--frozen', '--report', 'weekloom.config.ts'])
    expect([overConfig.status, overConfig.stderr]).toEqual([
      2,
      expect.stringContaining('over weekloom.config.ts, which the config is made of'),
    ])
    expect(readFileSync(join(cwd, 'weekloom.config.ts'), 'utf8')).toBe(config)
    const overFeed = await here(['--frozen', '--report', 'public/feeds/atom.xml'])
    expect([overFeed.status, overFeed.stderr]).toEqual([2, expect.stringMatching(/over the file .*atom\.xml of the feeds/)])
    expect(readFileSync(join(cwd, 'public/feeds/atom.xml'), 'utf8')).toContain('<feed')
  })

  it('takes FORCE_COLOR=0 for no', async () => {
    const env = { FORCE_COLOR: '0', NO_COLOR: '' }
    expect((await weekloom(['--frozen', posts, '--site', 'https://loomstack.example'], { env })).stderr).not.toContain('\u001b[')
  })

  it('prints its version', async () => expect((await weekloom(['--version'])).stdout.trim()).toBe(version))

  it('takes a JSON config', async () => {
    mkdirSync(join(cwd, 'posts'))
    writeFileSync(join(cwd, 'posts/a.md'), '---\ntitle: A\ndate: 2022-01-07\n---\n\ntext\n')
    writeFileSync(
      join(cwd, 'weekloom.config.json'),
      JSON.stringify({ site: { title: 'A', url: 'https://a.example/' }, sources: [{ weekly: 'posts/*.md' }], output: 'out' }),
    )
    const { status, stderr } = await here([])
    expect(stderr).toContain('1 issue')
    expect(status).toBe(0)
  })
})

describe('weekloom check', () => {
  it('finds nothing in the feeds that a build made, and ends with 0', async () => {
    writeConfig()
    await here(['--frozen'])
    const { status, stdout } = await weekloom(['check', 'public/feeds'])
    const lines = stdout.trim().split('\n')
    expect(lines.slice(0, -1).every(line => line.startsWith('ok  '))).toBe(true)
    expect([lines.length, lines.at(-1)]).toEqual([11, '10 feeds, 0 with errors'])
    expect(status).toBe(0)
  })

  it('names file, line and column of what is wrong, and ends with 1', async () => {
    writeFileSync(join(cwd, 'bad.xml'), '<rss version="2.0"><channel><title>A & B</title></channel></rss>')
    const { status, stdout } = await here(['check', 'bad.xml'])
    expect(stdout).toMatch(/bad\.xml:1:\d+ .*FEED_NOT_WELL_FORMED/)
    expect(status).toBe(1)
  })

  it('tells faults that many feeds share once, by some examples, and counts the feeds that are good', async () => {
    const bad = '<rss version="2.0"><channel><title>A</title></channel></rss>'
    const good = `{"version":"https://jsonfeed.org/version/1.1","title":"A","home_page_url":"https://a.example/","feed_url":"https://a.example/feed.json","items":[]}`
    mkdirSync(join(cwd, 'many'))
    for (let at = 0; at < 50; at++) {
      writeFileSync(join(cwd, `many/${at}.xml`), bad)
      writeFileSync(join(cwd, `many/${at}.json`), good)
    }
    const { status, stdout } = await here(['check', 'many'])
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toBe('ok  50 feeds')
    expect(lines.at(-1)).toBe('100 feeds, 50 with errors')
    expect(stdout).toMatch(/… and \d+ more FEED_PART_MISSING.*; --json has all/)
    expect(lines.filter(line => line.endsWith('FEED_PART_MISSING'))).toHaveLength(5)
    const hints = lines.filter(line => line.includes('→'))
    expect(hints).toHaveLength(new Set(hints).size)
    expect(status).toBe(1)
    expect(JSON.parse((await here(['check', 'many', '--json'])).stdout)).toHaveLength(100)
  })

  it('checks a feed by its address', async () => {
    const own = await startPageServer({ respond: () => ({ body: '{}', headers: { 'content-type': 'application/feed+json' } }) })
    const { status, stdout } = await weekloom(['check', `${own.origin}/feed.json`, '--json'])
    await own.close()
    expect(JSON.parse(stdout)[0].problems.length).toBeGreaterThan(0)
    expect(status).toBe(1)
  })
})

describe('weekloom check of what cannot be had', () => {
  it('ends with 1, and says cause and cure of several alike once', async () => {
    const { status, stdout } = await here(['check', 'http://nowhere.invalid/a', 'none.xml'])
    expect([status, stdout.match(/^error/gm)?.length]).toEqual([1, 2])
    writeFileSync(join(cwd, 'twice.xml'), '<rss version="2.0"><channel><title>A</title></channel></rss>')
    const twice = (await here(['check', 'twice.xml'])).stdout
    expect(twice.match(/FEED_PART_MISSING$/gm)?.length).toBeGreaterThan(1)
    expect(twice.match(/→ .*\n.*FEED_PART_MISSING/g)).toBeNull()
  })
})

describe('weekloom update', () => {
  it('fetches into the store and writes no feed', async () => {
    writeConfig()
    expect((await here(['update'])).status).toBe(0)
    expect(existsSync(join(cwd, 'public'))).toBe(false)
    server.requests.length = 0
    await here(['build'])
    expect(server.requests).toEqual([])
  })
})
