import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runBuild } from '../../src/build/run-build.js'
import { checkFeed } from '../../src/feed/check-feed.js'
import type { FeedOptions, Options } from '../../src/run/options.js'
import { weekly } from '../../src/sources/weekly.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-archives-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const home = 'https://loomstack.example/'
const text = (path: string) => readFileSync(join(cwd, 'public', path), 'utf8')
const documents = () =>
  readdirSync(join(cwd, 'public'), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(xml|json)$/.test(path) && !path.startsWith('.'))
    .map(path => path.replaceAll('\\', '/'))
    .sort()

function writePosts(from: number, to: number): void {
  for (let number = from; number <= to; number++) {
    const date = new Date(Date.UTC(2024, 0, 7 * number)).toISOString().slice(0, 10)
    mkdirSync(join(cwd, 'posts', `weekly-${number}`), { recursive: true })
    writeFileSync(
      join(cwd, 'posts', `weekly-${number}`, 'index.md'),
      `---\ntitle: "Loom Weekly ${number}"\ndate: ${date}\n---\n\n## Reading\n\n${'Words of the week. '.repeat(40)}\n`,
    )
  }
}

function build(feed: FeedOptions = {}, more: Partial<Options> = {}) {
  const options: Options = {
    site: { title: 'Loom Weekly', url: home },
    sources: [weekly('posts/*/index.md')],
    feeds: { feed: { limit: 3, archive: 4, ...feed } },
    output: 'public',
    network: 'frozen',
    now: '2025-01-01T00:00:00.000Z',
    cwd,
    ...more,
  }
  return runBuild(options, { purpose: 'build', dryRun: false, acceptChurn: false })
}

interface Step {
  titles: (string | undefined)[]
  next: string | undefined
}
const relOf = (links: readonly { rel?: string; href?: string }[] | undefined, rel: string) => links?.find(link => link.rel === rel)?.href
const readers: Record<string, (text: string) => Step> = {
  'rss.xml': text => {
    const feed = parseRssFeed(text)
    return { titles: (feed.items ?? []).map(item => item.title), next: relOf(feed.atom?.links, 'prev-archive') }
  },
  'atom.xml': text => {
    const feed = parseAtomFeed(text)
    return { titles: (feed.entries ?? []).map(entry => entry.title?.value), next: relOf(feed.links, 'prev-archive') }
  },
  'feed.json': text => {
    const feed = parseJsonFeed(text)
    return { titles: (feed.items ?? []).map(item => item.title), next: feed.next_url }
  },
}

/** The titles that a reader has who follows the links from the feed to the last archived document. */
function follow(file: string): Set<string | undefined> {
  const titles = new Set<string | undefined>()
  for (let place: string | undefined = `${home}${file}`; place !== undefined; ) {
    const step: Step | undefined = readers[file]?.(text(place.slice(home.length)))
    for (const title of step?.titles ?? []) titles.add(title)
    place = step?.next
  }
  return titles
}

describe('the archive of a feed', () => {
  it('holds what the limits keep out, in documents that lead to the first entry in every format', async () => {
    writePosts(1, 12)
    await build()
    expect(documents()).toEqual(
      ['', 'archive/1/', 'archive/2/', 'archive/3/']
        .flatMap(folder => ['atom.xml', 'feed.json', 'rss.xml'].map(file => folder + file))
        .sort(),
    )
    const all = new Set(Array.from({ length: 12 }, (_, index) => `Loom Weekly ${index + 1}`))
    for (const file of Object.keys(readers)) expect(follow(file)).toEqual(all)
    const first = parseAtomFeed(text('archive/1/atom.xml'))
    expect(relOf(first.links, 'current')).toBe(`${home}atom.xml`)
    expect(relOf(first.links, 'next-archive')).toBe(`${home}archive/2/atom.xml`)
    expect(relOf(first.links, 'prev-archive')).toBeUndefined()
    expect(text('archive/3/rss.xml')).toContain('<fh:archive/>')
    expect(text('rss.xml')).not.toContain('<fh:archive/>')
  })

  it('is of valid documents', async () => {
    writePosts(1, 12)
    const { failures, report } = await build({}, { hub: 'https://hub.example.org/' })
    expect(failures).toEqual([])
    expect(report.problems).toEqual([])
    for (const path of documents()) expect(checkFeed(text(path)), path).toEqual([])
  })

  it('changes no document when issues are added: the last is only told of its successor', async () => {
    writePosts(1, 9)
    await build()
    const before = new Map(documents().map(path => [path, text(path)]))
    writePosts(10, 14)
    const { files, failures } = await build()
    expect(failures).toEqual([])
    const archived = [...before.keys()].filter(path => path.startsWith('archive/'))
    expect(archived.length).toBe(6)
    for (const path of archived) {
      const withoutSuccessor = text(path).replace(/<(?:atom:)?link rel="next-archive"[^>]*>\n/, '')
      if (path.startsWith('archive/2/')) expect(withoutSuccessor).toBe(before.get(path))
      else expect(text(path)).toBe(before.get(path))
    }
    expect(files.filter(({ state }) => state === 'created').map(({ path }) => path)).toContain('archive/3/rss.xml')
    for (const file of Object.keys(readers)) expect(follow(file).size).toBe(14)
  })

  it('is written once: a second build writes nothing, and neither do one with another size or one that shows all', async () => {
    writePosts(1, 12)
    await build()
    const again = await build()
    expect(again.files.every(({ state }) => state === 'unchanged')).toBe(true)
    const resized = await build({ archive: 2 })
    expect(resized.files.filter(({ state }) => state !== 'unchanged')).toEqual([])
    const whole = await build({ limit: false })
    expect(whole.files.filter(({ path, state }) => path.startsWith('archive/') && state !== 'unchanged')).toEqual([])
  })

  it('takes what the limit on bytes keeps out', async () => {
    writePosts(1, 12)
    await build({ limit: false, maxBytes: 8000, archive: 50 })
    for (const file of Object.keys(readers)) {
      expect(readers[file]?.(text(file)).titles.length).toBeLessThan(12)
      expect(follow(file).size).toBe(12)
    }
  })

  it('is not made when it is not wanted', async () => {
    writePosts(1, 12)
    await build({ archive: false })
    expect(documents()).toEqual(['atom.xml', 'feed.json', 'rss.xml'])
    expect(text('rss.xml')).not.toContain('archive')
  })
})
