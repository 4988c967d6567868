import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import { writeAtom } from '../../src/feed/write-atom.js'
import { writeRss } from '../../src/feed/write-rss.js'
import { adoptIds } from '../../src/run/adopt-ids.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Feed, Store } from '../../src/types.js'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-undated-'))
  store = memoryStore()
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, more = '') =>
  writeFileSync(join(folder, name), `# Loom ${name}\n\n- [Threads of ${name}](https://other.example/${name}): why they hold.\n${more}`)

/** The feed of a build of that day in June. */
async function build(day: string): Promise<Feed> {
  const made = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('*.md', { links: () => true })],
    feeds: { all: {} },
    store,
    cwd: folder,
    network: 'frozen',
    now: `2024-06-${day}T00:00:00.000Z`,
  })
  const feed = made.feeds['all']
  if (feed === undefined) throw new Error('There is no feed.')
  return feed
}

/** Of each entry that Atom shows: its address and its day. */
const daysOf = (feed: Feed) =>
  [...writeAtom(feed).matchAll(/<entry>.*?href="([^"]*)".*?<updated>(\S{10})/gs)].map(([, address, day]) => [
    address?.replace(/.*\//, ''),
    day,
  ])

it('an issue without a date, and what it links, are of the day of the run that met them, where Atom demands one', async () => {
  write('issue-1.md')
  await build('01')
  write('issue-2.md')
  await build('08')
  const feed = await build('15')
  expect(daysOf(feed)).toEqual([
    ['issue-2', '2024-06-08'],
    ['issue-2.md', '2024-06-08'],
    ['issue-1', '2024-06-01'],
    ['issue-1.md', '2024-06-01'],
  ])
  expect(feed.updated).toBe('2024-06-08T00:00:00.000Z')
})

it('the id of a feed that was there before is taken over also after a run', async () => {
  write('issue-1.md')
  await build('01')
  const old = { id: 'tag:loomstack.example,2020:1', url: 'https://loomstack.example/issue-1' }
  expect(await adoptIds({ format: 'rss', info: {}, entries: [old] }, store, () => {})).toBe(1)
  const { entries } = await build('08')
  expect(entries.find(({ kind }) => kind === 'issue')).toMatchObject({ id: old.id, firstSeen: '2024-06-01T00:00:00.000Z' })
})

it('that day is no date of publication: no format says it was', async () => {
  write('issue-1.md')
  const feed = await build('01')
  expect(feed.entries.map(({ published }) => published)).toEqual([undefined, undefined])
  expect(`${writeRss(feed)}${writeAtom(feed)}`).not.toMatch(/<pubDate>|<published>/)
})

it('a date that the issue comes to state is all that counts', async () => {
  write('issue-1.md')
  await build('01')
  writeFileSync(join(folder, 'issue-1.md'), '---\ndate: 2024-05-03\n---\n\n- [Threads](https://other.example/issue-1.md)\n')
  const feed = await build('08')
  expect(daysOf(feed).map(([, day]) => day)).toEqual(['2024-05-02', '2024-05-02'])
  expect(feed.entries.flatMap(({ firstSeen }) => firstSeen ?? [])).toEqual([])
})
