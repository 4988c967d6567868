import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProblemCode } from '../../src/index.js'

const cli = join(import.meta.dirname, '../../dist/cli.js')
let cwd: string
let checked: Map<string, string[]>
let built: string[]
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}
const run = (...args: string[]) =>
  JSON.parse(spawnSync(process.execPath, [cli, ...args, '--json'], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 }).stdout)

const rss = (
  items: string,
  head = '<description>d</description><atom:link rel="self" href="https://a.example/rss.xml"/>',
  version = '2.0',
) =>
  `<rss version="${version}" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><link>https://a.example/</link>${head}${items}</channel></rss>`
const item = (more: string, guid = '<guid>https://a.example/1</guid>') =>
  `<item><title>A</title><link>https://a.example/1</link>${guid}<pubDate>Thu, 30 May 2024 04:00:00 GMT</pubDate>${more}</item>`
const atom = (more: string, author = '<author><name>A</name></author>') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>https://a.example/</id><title>T</title><updated>2024-05-30T04:00:00Z</updated>${author}<entry><id>https://a.example/1</id><title>A</title><updated>2024-05-30T04:00:00Z</updated>${more}</entry></feed>`

/** A feed for each code that `check` reports. */
const feeds: Partial<Record<ProblemCode, string>> = {
  FEED_UNKNOWN: '<html><body>no</body></html>',
  FEED_NOT_WELL_FORMED: rss('<item><title>A & B</title></item>'),
  FEED_VERSION_OLD: rss(item(''), undefined, '0.91'),
  FEED_PART_MISSING: rss(item(''), ''),
  FEED_PART_REPEATED: rss(item('<title>B</title>')),
  FEED_PART_UNKNOWN: rss(item('<sumary>x</sumary>')),
  FEED_PART_MISPLACED: rss(item('<content:encoded>x</content:encoded><description>y</description>')),
  FEED_VALUE_INVALID: rss(item('<enclosure url="https://a.example/a.mp3" length="many" type="audio/mpeg"/>')),
  FEED_ID_MISSING: rss(item('', '')),
  FEED_ID_REPEATED: rss(item('') + item('')),
  FEED_ID_INVALID: rss(item('', '<guid>seven</guid>')),
  FEED_DATE_INVALID: rss('<item><title>A</title><guid>https://a.example/1</guid><pubDate>yesterday</pubDate></item>'),
  FEED_DATE_MISSING: rss('<item><title>A</title><guid>https://a.example/1</guid></item>'),
  FEED_LINK_INVALID: rss('<item><title>A</title><link>/a</link></item>'),
  FEED_LINK_RELATIVE: atom('<link href="/a"/>'),
  FEED_CONTENT_RELATIVE: rss(item('<description>&lt;img src="/a.png"&gt;</description>')),
  FEED_CONTENT_UNSAFE: rss(item('<description>&lt;script&gt;1&lt;/script&gt;</description>')),
  FEED_ENCLOSURE_REPEATED: rss(item('<enclosure url="https://a.example/a.mp3" length="1" type="audio/mpeg"/>'.repeat(2))),
  FEED_AUTHOR_INVALID: rss(item('<author>Somebody</author>')),
  FEED_AUTHOR_MISSING: atom('', ''),
  FEED_SELF_MISSING: rss(item(''), '<description>d</description>'),
  FEED_TOO_LARGE: rss(item(`<description>${'x'.repeat(600_000)}</description>`)),
}

/** A post for each code that a frozen build reports. */
const posts: Partial<Record<ProblemCode, string>> = {
  POST_DRAFT: '---\ntitle: A\ndate: 2024-01-01\ndraft: true\n---\n',
  POST_FUTURE: '---\ntitle: A\ndate: 2999-01-01\n---\n',
  POST_FRONT_MATTER_BROKEN: '---\ntitle: "A\ndate: 2024-01-01\ntags: [a\n---\n',
  POST_TOO_LARGE: `# A\n\n${'x'.repeat(9_000_000)}`,
  POST_DATE_MISSING: '---\ntitle: A\n---\n',
  POST_DATE_UNREADABLE: '---\ntitle: A\ndate: some day\n---\n',
  POST_TITLE_MISSING: '---\ndate: 2024-01-01\n---\n\ntext\n',
  LINK_PRIVATE: '---\ntitle: A\ndate: 2024-01-01\n---\n\n[a](http://127.0.0.1/a)\n',
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-problems-'))
  for (const [code, text] of Object.entries(feeds)) put(`feeds/${code}.xml`, text)
  const results: { feed: string; problems: { code: string }[] }[] = run('check', 'feeds')
  checked = new Map(results.map(({ feed, problems }) => [feed, problems.map(problem => problem.code)]))
  for (const [code, text] of Object.entries(posts)) put(`posts/${code.toLowerCase().replace(/_/g, '-')}.md`, text)
  put('posts/weekly-20200101.md', '---\ntitle: A\ndate: 2024-01-01\n---\n')
  put(
    'weekloom.config.mjs',
    `import { articles, feeds, weekly } from 'weekloom'
const fail = () => { throw new Error('no such luck') }
export default {
  site: { title: 'A', url: 'https://a.example/' },
  sources: [weekly('posts/*.md'), weekly('nowhere/*.md', { name: 'none' }), { name: 'broken', async *read() { fail() } },
    articles('https://b.example/a', { map: fail }), articles('nonsense', { name: 'bad' }), feeds('https://c.example/feed.xml')],
  onEntry: fail,
}\n`,
  )
  built = run('build', '--frozen').problems.map((problem: { code: string }) => problem.code)
}, 120_000)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

describe('through the command', () => {
  it.each(Object.keys(feeds))('check reports %s', code => expect(checked.get(join('feeds', `${code}.xml`))).toContain(code))
  it.each([
    ...Object.keys(posts),
    'POST_DATE_SUSPICIOUS',
    'SOURCE_EMPTY',
    'SOURCE_FAILED',
    'ENTRY_MAP_FAILED',
    'HOOK_FAILED',
    'LINK_INVALID',
    'FETCH_FROZEN',
  ])('build reports %s', code => expect(built).toContain(code))
})
