/**
 * Articles of WeChat out of whole pages: extractArticle beside `cheerio.load` of the page with the same fields and the same body, in one process, in turns, from
 * bytes. CPU time of the best of several passes; goals are 20 times as fast, and 80 times for metadata alone. Pages over 1 MB come from the folder WEEKLOOM_CORPUS where
 * that is set, else from the fixtures. Then the memory that articles without their bodies hold (goal: their own fields and 2 kB each), for which --expose-gc is needed.
 *
 *     npm run bench -- extract-pages
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { load } from 'cheerio'
import { pages as fixturePages } from '../fixtures/wechat/pages.js'
import { extractArticle } from '../src/article/extract-article.js'

const corpus = process.env['WEEKLOOM_CORPUS']
/** A round of cheerio takes as many seconds as ours takes tenths. */
const rounds = { cheerio: 2, ours: 7 } as const
const large = 1_000_000

interface Sample {
  url: string
  body: Uint8Array
}

const address = `https://mp.weixin.qq.com/s/${'x'.repeat(22)}`
const samples: readonly Sample[] = (
  corpus === undefined
    ? fixturePages.map(page => ({ url: page.urls[0] ?? address, body: new TextEncoder().encode(page.html()) }))
    : readdirSync(join(corpus, 'wechat'))
        .filter(file => file.endsWith('.html.gz'))
        .map(file => ({ url: address, body: new Uint8Array(gunzipSync(readFileSync(join(corpus, 'wechat', file)))) }))
).filter(({ body }) => body.length > large)

/** What projects in use do: the whole page as a document, the fields out of it and out of the statements of its scripts. */
function readByCheerio({ body }: Sample, wantsBody: boolean): Record<string, string | undefined> {
  const html = new TextDecoder().decode(body)
  const $ = load(html)
  const statement = (name: string) => new RegExp(`(?:var |window\\.)${name} = (?:"[^"]*" \\|\\| )?["']([^"']*)["']`).exec(html)?.[1]
  const property = (name: string) => new RegExp(`\\b${name}: (?:JsDecode\\()?'([^']*)'`).exec(html)?.[1]
  const content = $('#js_content')
  if (wantsBody) {
    content.removeAttr('style')
    content.find('img').each((_, image) => {
      const source = $(image).attr('data-src')
      if (source) $(image).attr('src', source)
    })
    content.find('script, style, mp-style-type').remove()
    content.find('*').removeAttr('style')
  }
  return {
    title: $('meta[property="og:title"]').attr('content') ?? $('#activity-name').text().trim(),
    summary: $('meta[property="og:description"]').attr('content'),
    image: $('meta[property="og:image"]').attr('content'),
    author: $('meta[name="author"]').attr('content'),
    account: $('#js_name').text().trim() || property('nick_name'),
    alias: property('alias'),
    published: statement('ct') ?? property('ori_create_time'),
    updated: property('modify_time'),
    biz: statement('biz'),
    mid: statement('mid'),
    idx: statement('idx'),
    sn: statement('sn'),
    kind: statement('item_show_type'),
    original: property('copyright_stat'),
    place: property('province_name'),
    sourceUrl: statement('msg_source_url'),
    ...(wantsBody ? { html: content.html() ?? undefined } : {}),
  }
}

let read = 0
function readAll(work: (sample: Sample) => number): () => void {
  return () => {
    for (const sample of samples) read += work(sample)
  }
}
const contenders = {
  'cheerio, whole': readAll(sample => Object.keys(readByCheerio(sample, true)).length),
  'cheerio, metadata': readAll(sample => Object.keys(readByCheerio(sample, false)).length),
  'ours, whole': readAll(sample => Number(extractArticle(sample).ok)),
  'ours, metadata alone': readAll(sample => Number(extractArticle(sample, { body: false }).ok)),
} as const

function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const megabytes = samples.reduce((sum, { body }) => sum + body.length, 0) / 1e6
console.log(`${samples.length} pages over 1 MB, ${megabytes.toFixed(1)} MB${corpus === undefined ? ', made up' : ''}`)

const best: Record<string, number> = {}
// The first round only warms up.
for (let round = 0; round <= rounds.ours; round++) {
  const entries = Object.entries(contenders).filter(([name]) => round <= (name.startsWith('cheerio') ? rounds.cheerio : rounds.ours))
  for (const [name, work] of round % 2 === 0 ? entries : entries.reverse()) {
    const time = cpuOf(work)
    if (round > 0) best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, time)
  }
}

const theirs = best['cheerio, whole'] ?? Number.NaN
for (const name of Object.keys(contenders)) {
  const time = best[name] ?? Number.NaN
  console.log(
    `${name.padEnd(22)} ${(time / samples.length).toFixed(2).padStart(8)} ms a page  ${(theirs / time).toFixed(1).padStart(6)} times as fast`,
  )
}

if (globalThis.gc !== undefined) {
  const collect = globalThis.gc
  const kept: unknown[] = []
  const heap = () => {
    collect()
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const keepAll = () => {
    for (const { url, body } of samples) {
      // Read from a text of its own: what a field holds of it is then seen.
      const outcome = extractArticle({ url, body: new TextDecoder().decode(body) }, { body: false })
      if (outcome.ok) kept.push(outcome.value)
    }
  }
  const copies = 20
  const fill = () => {
    for (let copy = 0; copy < copies; copy++) keepAll()
  }
  // What is held once, whatever is read (code, caches of addresses), is no article's: so a first round is let go.
  fill()
  kept.length = 0
  const before = heap()
  fill()
  const held = heap() - before
  const own = JSON.stringify(kept).length
  const extra = (held - own) / kept.length
  console.log(`${(extra / 1000).toFixed(2)} kB kept for an article beside its own fields (of ${(own / kept.length / 1000).toFixed(2)} kB)`)
}
if (read === 0) throw new Error('Nothing was read.')
