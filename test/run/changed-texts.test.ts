import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fixtures/page-server.js'
import { aggregate } from '../../src/aggregate.js'
import type { Options } from '../../src/run/options.js'
import { feeds } from '../../src/sources/feeds.js'

const url = 'https://news.example/rss.xml'
const rss = (count: number, ending = '</channel>\n</rss>\n') =>
  `<rss version="2.0"><channel><title>News</title>\n${Array.from({ length: count }, (_, at) => `<item><title>${at}</title><link>https://news.example/${at}</link></item>\n`).join('')}${ending}`
const cut = rss(2, '<item><title>half')

let store: string
let server: PageServer
let text: string
let status: number
let marks: (string | undefined)[]
beforeEach(async () => {
  store = mkdtempSync(join(tmpdir(), 'weekloom-texts-'))
  text = rss(3)
  status = 200
  marks = []
  server = await startPageServer({
    respond(_, { headers }) {
      marks.push(headers['if-none-match'])
      return headers['if-none-match'] === '"1"' && status === 200 ? { status: 304 } : { status, body: text, headers: { etag: '"1"' } }
    },
  })
})
afterEach(async () => {
  await server.close()
  rmSync(store, { recursive: true, force: true })
})

async function run(options: Partial<Options> = {}) {
  const { feeds: made, report } = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [feeds(url)],
    store,
    hosts: { 'news.example': server.origin },
    ...options,
  })
  return { count: made['feed']?.entries.length, codes: report.problems.map(({ code }) => code), problems: report.problems }
}

/** The file of the text, or of the note on it. */
function fileOf(ending: string): string {
  const [name = ''] = readdirSync(join(store, 'sources'), { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith(ending))
  return join(store, 'sources', name)
}
const body = '.body.txt'
const note = '.json'
const conflict = (one: string) => `<<<<<<< HEAD\n${one}=======\n${one}>>>>>>> other\n`

describe('a text of a feed that is kept in git', () => {
  it.each<[string, string, (whole: string) => string, string[]]>([
    ['that got a line end', body, whole => `${whole}\n`, []],
    ['that lost its last one', body, whole => whole.trimEnd(), []],
    ['that was given the line ends of Windows', body, whole => whole.replaceAll('\n', '\r\n'), []],
    ['with the marks of a conflict', body, conflict, ['STORE_RECORD_DAMAGED']],
    ['of which the note is emptied', note, () => '', ['STORE_RECORD_DAMAGED']],
    ['of which the note has the marks of a conflict', note, conflict, ['STORE_RECORD_DAMAGED']],
  ])('%s is used, and asked for in full the next time', async (_, ending, change, codes) => {
    expect(await run()).toMatchObject({ count: 3, codes: [] })
    const file = fileOf(ending)
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, change(whole))
    expect(await run({ network: 'frozen' })).toMatchObject({ count: 3, codes })
    status = 500
    expect(await run()).toMatchObject({ count: 3, codes: [...codes, 'FETCH_STATUS'] })
    status = 200
    marks = []
    expect(await run({ now: '2099-01-01T00:00:00.000Z' })).toMatchObject({ count: 3, codes })
    expect(marks).toEqual([undefined])
    expect(readFileSync(fileOf(body), 'utf8')).toBe(rss(3))
    expect(await run({ now: '2099-01-01T00:00:00.000Z' })).toMatchObject({ count: 3, codes: [] })
    expect(marks).toEqual([undefined, '"1"'])
  })

  it('that was cut off is judged as an answer would be, and one that was emptied is told', async () => {
    await run()
    const file = fileOf(body)
    writeFileSync(file, cut)
    expect(await run({ network: 'frozen' })).toMatchObject({ count: 2, codes: ['FEED_CUT'] })
    writeFileSync(file, '')
    const { problems } = await run({ network: 'frozen' })
    expect(problems).toMatchObject([{ code: 'STORE_RECORD_DAMAGED', where: { file } }, { code: 'FETCH_FROZEN' }])
    expect(await run()).toMatchObject({ count: 3 })
  })
})

describe('a text that is taken though another is hoped for', () => {
  it.each([
    ['cut off', cut, 2],
    ['empty', rss(0), 0],
  ])('is asked for in full the next time: %s', async (_, first, count) => {
    text = first
    expect(await run()).toMatchObject({ count })
    text = rss(3)
    expect(await run()).toMatchObject({ count: 3, codes: [] })
    expect(await run()).toMatchObject({ count: 3, codes: [] })
    expect(marks).toEqual([undefined, undefined, '"1"'])
  })
})
