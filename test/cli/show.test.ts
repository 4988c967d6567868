import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import { pages } from '../../fixtures/wechat/pages.js'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'weekloom-show-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const show = (...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'show', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
const post = 'fixtures/weekly/content/zh/blog/loom-weekly-20220107/index.md'

describe('weekloom show', () => {
  it('shows a post: where its date came from, its sections with roles, links with titles, and problems with their line', () => {
    const text = show(post)
    expect(text).toMatch(/^date +2022-01-07T07:00:00\.000Z {2}\(from front-matter, to the second\)$/m)
    expect(text).toMatch(/^line \d+ {2}本周推荐阅读 {2}\[reading/m)
    expect(text).toMatch(/^ {2}line \d+ {2}.+ {2}\[wechat\]$/m)
    expect(text).toMatch(/index\.md:\d+ .*POST_FRONT_MATTER_BROKEN/)
  })

  it('shows a date without a time as the day that the post states', () => {
    writeFileSync(join(folder, 'day.md'), '---\ntitle: Weekly 8\ndate: 2024-05-01\n---\ntext\n')
    expect(show(join(folder, 'day.md'))).toMatch(/^date +2024-05-01 {2}\(from front-matter; a day in Asia\/Shanghai\)$/m)
  })

  it('says until when a post of the future stays out of feeds', () => {
    writeFileSync(join(folder, 'future.md'), '---\ntitle: Weekly 8\ndate: 2962-05-01\n---\ntext\n')
    expect(show(join(folder, 'future.md'))).toMatch(/^future +yes: stays out of feeds until 2962-05-01$/m)
    expect(show(post)).not.toMatch(/^future/m)
  })

  it('gives the same as data with --json', () => {
    const { document, problems } = JSON.parse(show(post, '--json'))
    expect(document[0]).toMatchObject({ published: '2022-01-07T07:00:00.000Z', dated: { from: 'front-matter' } })
    expect(problems).toMatchObject([{ code: 'POST_FRONT_MATTER_BROKEN' }])
  })

  it('shows a saved page: each field and the place where it stood', () => {
    const page = pages.find(each => each.kind === 'article')
    writeFileSync(join(folder, 'page.html'), page?.html() ?? '')
    const text = show(join(folder, 'page.html'))
    expect(text).toMatch(/^title +.+ {2}\(from cgiDataNew\.title\)$/m)
    expect(text).toMatch(/^published +.+ {2}\(from .+\)$/m)
  })

  it('reads a page by the extractors of the config that lies there, says which one read it, and why one could not', () => {
    const here = mkdtempSync(join(tmpdir(), 'weekloom-show-own-'))
    const own = (extract: string) =>
      writeFileSync(
        join(here, 'weekloom.config.mjs'),
        `export default {
          site: { title: 'A', url: 'https://a.example/' },
          sources: [{ name: 'none', async *read() {} }],
          extractors: [{ name: 'wiki', matches: url => url.hostname === 'wiki.example', extract: ${extract} }],
        }`,
      )
    writeFileSync(join(here, 'raft.html'), '<title>Raft - Wiki</title><link rel="canonical" href="https://wiki.example/raft"><h1>Raft</h1>')
    const showHere = () =>
      execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'show', 'raft.html'], {
        cwd: here,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      })
    own(
      `({ url }) => ({ ok: true, value: { key: url, url, title: 'Raft', authors: [], kind: 'article', extractor: 'wiki', from: { title: 'h1' } } })`,
    )
    const text = showHere()
    expect(text).toMatch(/^title +Raft {2}\(from h1\)$/m)
    expect(text).toMatch(/^url +https:\/\/wiki\.example\/raft$/m)
    expect(text).toMatch(/^extractor +wiki {2}\(yours, of weekloom\.config\.mjs\)$/m)
    own(`() => { throw new Error('no such luck') }`)
    const failed = showHere()
    expect(failed).toMatch(/^extractor +generic$/m)
    expect(failed).toMatch(/EXTRACTOR_FAILED/)
    expect(failed).toContain('no such luck')
    rmSync(here, { recursive: true, force: true })
  })

  it('dates a post by the zone of the config that lies there, unless another is named, and asks hosts where that says', () => {
    const here = mkdtempSync(join(tmpdir(), 'weekloom-show-zone-'))
    const config = {
      site: { title: 'A', url: 'https://a.example/', timeZone: 'America/New_York' },
      sources: [{ weekly: '*.md' }],
      hosts: { 'mp.weixin.qq.com': 'http://127.0.0.1:1' },
    }
    writeFileSync(join(here, 'weekloom.config.json'), JSON.stringify(config))
    writeFileSync(join(here, 'late.md'), '---\ntitle: Late\ndate: 2023-10-01 23:30\n---\n')
    const showHere = (...args: string[]) =>
      spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'show', ...args, '--json'], { cwd: here, encoding: 'utf8' })
    const dateOf = (...args: string[]) => JSON.parse(showHere('late.md', ...args).stdout).document[0].published
    expect(dateOf()).toBe('2023-10-02T03:30:00.000Z')
    expect(dateOf('--time-zone', 'UTC')).toBe('2023-10-01T23:30:00.000Z')
    const { stderr } = showHere('https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa')
    expect(stderr).toContain('127.0.0.1:1')
    writeFileSync(join(here, 'weekloom.config.json'), '{')
    expect(dateOf()).toBe('2023-10-01T15:30:00.000Z')
    expect(showHere('late.md').stderr).toContain('the config is left aside')
    expect(showHere('late.md', '--config', 'weekloom.config.json').status).toBe(2)
    rmSync(here, { recursive: true, force: true })
  })

  it('says where a known site has nothing of a field any more, and what was taken instead', () => {
    const page = readFileSync(join(root, 'fixtures/article/csdn--dates-of-beijing.html'), 'utf8')
    const saved = `<!-- saved from url=(0049)https://blog.csdn.net/weft/article/details/134000001 -->${page}`
    writeFileSync(join(folder, 'csdn.html'), saved)
    expect(show(join(folder, 'csdn.html'))).not.toContain('nothing where')
    writeFileSync(join(folder, 'csdn.html'), saved.replace('id="content_views"', 'id="views"'))
    expect(show(join(folder, 'csdn.html'))).toMatch(/^nothing where csdn has it\n {2}html {2}#content_views {2}\(\S+ was taken instead\)$/m)
  })

  it('says what other places of a page say of a field, and that they were passed over', () => {
    const html = pages.find(each => each.kind === 'article')?.html() ?? ''
    writeFileSync(
      join(folder, 'other.html'),
      html.replace(/property="og:title" content="[^"]*"/, 'property="og:title" content="Another title"'),
    )
    const text = show(join(folder, 'other.html'))
    expect(text).toMatch(/^passed over\n(?: {2}\S.*\n)* {2}title +Another title {2}\(in meta og:title; \S+ is trusted more\)$/m)
    expect(text).toMatch(/^title +(?!Another)/m)
    const { fields } = JSON.parse(show(join(folder, 'other.html'), '--json'))
    expect(fields).toContainEqual(expect.objectContaining({ field: 'title', passedOver: expect.any(Array) }))
  })

  it('names what other places say that were passed over', () => {
    writeFileSync(
      join(folder, 'weekly-20240131.md'),
      '---\ntitle: Weekly 7\ndate: 2024-02-02T10:00:00+08:00\nlanguage: en\n---\n# Weekly seven\n\ntext\n',
    )
    const text = show(join(folder, 'weekly-20240131.md'))
    expect(text).toMatch(/^title +Weekly 7 {2}\(from front-matter\)$/m)
    expect(text).toMatch(/^ {2}title +Weekly seven {2}\(in heading; front-matter is trusted more\)$/m)
    expect(text).toMatch(/^ {2}published +2024-01-30T16\S+ {2}\(in file-name; front-matter is trusted more\)$/m)
    const { fields } = JSON.parse(show(join(folder, 'weekly-20240131.md'), '--json'))
    expect(fields).toContainEqual({ field: 'language', taken: { place: 'front-matter', value: 'en' }, passedOver: [] })
  })

  it('shows a feed: what it says of itself, every field of its entries, and what is wrong with it', () => {
    writeFileSync(
      join(folder, 'feed.xml'),
      '<rss version="2.0"><channel><title>T</title><link>https://a.example/</link><description>d</description><item><title>One</title><link>https://a.example/1</link><guid>https://a.example/1</guid><description>words of it</description></item></channel></rss>',
    )
    const text = show(join(folder, 'feed.xml'))
    expect(text).toMatch(/^format +rss$/m)
    expect(text).toMatch(/^One\n {2}id +https:\/\/a\.example\/1$/m)
    expect(text).toMatch(/FEED_DATE_MISSING/)
  })

  it('shows what an address answers, a page or a feed, and keeps it with --save', async () => {
    const page = pages.find(each => each.kind === 'article')
    const server = await startPageServer({
      respond: path =>
        path === '/feed' ? { body: '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[]}' } : { body: page?.html() ?? '' },
    })
    const saved = join(folder, 'saved.html')
    const run = (...args: string[]) => promisify(execFile)(process.execPath, [join(root, 'dist/cli.js'), 'show', ...args], { cwd: root })
    const { stdout } = await run(`${server.origin}/s/page`, '--save', saved)
    expect(stdout).toMatch(/^title +.+ {2}\(from .+\)$/m)
    expect(readFileSync(saved, 'utf8')).toBe(page?.html())
    await run(`${server.origin}/feed`)
    await server.close()
  })

  it('says which page it is that is no article', () => {
    writeFileSync(join(folder, 'gone.html'), pages.find(each => each.kind === 'deleted')?.html() ?? '')
    expect(show(join(folder, 'gone.html'))).toContain('WECHAT_DELETED')
  })

  it.each([
    ['a kind of file that it does not know', 'LICENSE', 'no kind that can be shown'],
    ['a file that is not there', 'nowhere.md', 'cannot be read'],
  ])('ends with 2 for %s', (_, file, message) => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'show', file], { cwd: root, encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})
