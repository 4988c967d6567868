/**
 * Articles out of pages of any site: extractArticle beside Mozilla's Readability over linkedom (the cheapest document that it runs on), in one process, in turns, from text.
 * CPU time of the best of several passes. The pages are the fixtures of `fixtures/article`, and one of them drawn out to many paragraphs, as long articles are.
 *
 *     npm run bench -- extract-any-page
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { extractArticle } from '../src/article/extract-article.js'

const folder = 'fixtures/article'
const rounds = 7
/** Each sample is read so often in a pass, that the clock is fine enough. */
const times = 5

interface Sample {
  url: string
  body: string
}

const fixtures: readonly Sample[] = readdirSync(folder)
  .filter(file => file.endsWith('.html') && !file.startsWith('wechat--'))
  .map(file => ({
    url: (JSON.parse(readFileSync(`${folder}/${file.replace('.html', '.expected.json')}`, 'utf8')) as { url: string }).url,
    body: readFileSync(`${folder}/${file}`, 'utf8'),
  }))

function longPage(paragraphs: number): Sample {
  const text = Array.from(
    { length: paragraphs },
    (_, at) => `<p>Pick ${at} passes the <a href="/picks/${at}">shed</a>, and the reed beats it home, as it has done since morning.</p>`,
  )
  return {
    url: 'https://loom.example/long',
    body: `<!doctype html><html lang="en"><head><title>Long</title></head><body><nav><a href="/">Home</a></nav><article><h1>Long</h1>${text.join('\n')}</article></body></html>`,
  }
}

const groups: Readonly<Record<string, readonly Sample[]>> = {
  [`${fixtures.length} fixtures`]: fixtures,
  '1,000 paragraphs': [longPage(1_000)],
  '4,000 paragraphs': [longPage(4_000)],
}

const contenders: Readonly<Record<string, (sample: Sample) => boolean>> = {
  'readability, linkedom': ({ body }) => new Readability(parseHTML(body).document).parse() !== null,
  ours: sample => extractArticle(sample).ok,
  'ours, metadata alone': sample => extractArticle(sample, { body: false }).ok,
}

let read = 0
function cpuOf(samples: readonly Sample[], work: (sample: Sample) => boolean): number {
  const before = process.cpuUsage()
  for (let time = 0; time < times; time++) for (const sample of samples) read += Number(work(sample))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / times
}

for (const [group, samples] of Object.entries(groups)) {
  const best: Record<string, number> = {}
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    const entries = Object.entries(contenders)
    for (const [name, work] of round % 2 === 0 ? entries : entries.reverse()) {
      const time = cpuOf(samples, work)
      if (round > 0) best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, time)
    }
  }
  console.log(`${group}, ${(samples.reduce((sum, { body }) => sum + body.length, 0) / 1000).toFixed(0)} kB`)
  const theirs = best['readability, linkedom'] ?? Number.NaN
  for (const [name, time] of Object.entries(best))
    console.log(`${name.padEnd(22)} ${time.toFixed(2).padStart(8)} ms  ${(theirs / time).toFixed(1).padStart(6)} times as fast`)
}
if (read === 0) throw new Error('Nothing was read.')
