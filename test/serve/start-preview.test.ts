import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as tick } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Problem } from '../../src/problems.js'
import { archivedFeeds } from '../../src/run/archives.js'
import type { Options, ProgressEvent } from '../../src/run/options.js'
import { openRun } from '../../src/run/run-context.js'
import { servePreview } from '../../src/serve/start-preview.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Entry, Source } from '../../src/types.js'

/** One whose id is no address, which the check of an Atom feed finds. */
const article = (day: number): Entry => ({
  id: `shed-${day}`,
  keys: [`shed-${day}`],
  url: `https://blog.example/${day}`,
  title: `Shed ${day}`,
  authors: [],
  tags: [],
  published: `2024-05-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  kind: 'article',
  state: 'full',
  origins: [{ source: 'own', kind: 'article' }],
})
const source: Source = {
  name: 'own',
  files: [],
  async *read() {
    for (let day = 1; day < 31; day++) yield { entry: article(day) }
  },
}

const options: Options = {
  site: { title: 'Loom', url: 'https://loomstack.example/' },
  sources: [source],
  feeds: { feed: { limit: 10, archive: 5 }, issues: { of: 'issues' }, articles: { of: 'articles' } },
  page: false,
  network: 'frozen',
  store: memoryStore(),
}

/** Serves thirty entries, of which the first feed shows ten and archives the others by five, and gives what is done with the first build. */
async function preview(
  use: (url: string, problems: readonly Problem[]) => Promise<void>,
  onProgress: (event: ProgressEvent) => void = () => {},
): Promise<void> {
  const stop = new AbortController()
  await servePreview({
    options: async () => ({ ...options, onProgress }),
    host: '127.0.0.1',
    port: 0,
    isPublic: false,
    watch: () => [],
    signal: stop.signal,
    onBuilt: ({ url, problems }) => void use(url, problems).finally(() => stop.abort()),
  })
}

it('a preview serves archived documents, and leaves it to the build to check them', async () => {
  const said: unknown[] = []
  await preview(async (url, problems) => {
    const checked = new Set(problems.map(({ where }) => where.file))
    said.push(
      checked.has('atom.xml'),
      [...checked].filter(file => file?.includes('archive/')),
    )
    const answer = await fetch(`${url}archive/1/rss.xml`)
    const text = await answer.text()
    said.push(answer.status, text.includes('Shed 5<'), text.includes('Shed 6<'))
  })
  expect(said).toEqual([true, [], 200, true, false])
})

it('a preview answers who has the date of a feed alone with the feed, once it was built anew with another text', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weekloom-preview-'))
  const watched = join(folder, 'post.md')
  writeFileSync(watched, 'one')
  const titled: Source = {
    ...source,
    async *read() {
      yield { entry: { ...article(1), title: readFileSync(watched, 'utf8') } }
    },
  }
  const stop = new AbortController()
  const seen: unknown[] = []
  let date = ''
  const use = async (url: string) => {
    const answer = await fetch(`${url}rss.xml`, { headers: date === '' ? {} : { 'if-modified-since': date } })
    seen.push(answer.status, /<item>\s*<title>(.*?)</.exec(await answer.text())?.[1])
    if (date !== '') return stop.abort()
    date = answer.headers.get('last-modified') ?? ''
    writeFileSync(watched, 'another')
  }
  await servePreview({
    options: async () => ({ ...options, sources: [titled] }),
    host: '127.0.0.1',
    port: 0,
    isPublic: false,
    watch: () => [watched],
    interval: 20,
    signal: stop.signal,
    onBuilt: ({ url }) => void use(url).catch(error => stop.abort(error)),
  })
  rmSync(folder, { recursive: true })
  expect(seen).toEqual([200, 'one', 200, 'another'])
})

it('an archived document is made when it is first asked for, and once', async () => {
  let looks = 0
  const entry: Entry = {
    ...article(1),
    get summary() {
      looks++
      return 'A shed.'
    },
  }
  const run = openRun(options)
  const [settings] = run.settings.feeds
  const info = { id: 'feed', title: 'Loom', homeUrl: 'https://loomstack.example/', feedUrl: 'https://loomstack.example/feeds/' }
  const seen: number[] = []
  for await (const archived of archivedFeeds(
    [[entry.id]],
    { info, entries: [] },
    new Map([[entry.id, entry]]),
    settings ?? expect.fail(),
    run,
  )) {
    const before = looks
    archived.present()
    const made = looks
    archived.present()
    seen.push(made - before, looks - made)
  }
  expect(seen).toEqual([expect.any(Number), 0])
  expect(seen[0]).toBeGreaterThan(0)
})

it('a preview lets others have their turn between two files, so that who asks while it builds is answered', async () => {
  let turns = 0
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      await tick()
      turns++
    }
  })()
  const seen: number[] = []
  await preview(
    async () => {},
    ({ step }) => void (step === 'write' && seen.push(turns)),
  )
  isOver = true
  await others
  expect(seen).toHaveLength(3)
  expect(new Set(seen).size).toBe(3)
})
