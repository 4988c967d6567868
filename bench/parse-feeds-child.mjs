// Reads the feeds of a file by the contenders: `warm FILE` by all, interleaved, the best of several rounds; `cold FILE NAME` by one, its first pass.
// Prints milliseconds of CPU (for a first pass those of the clock too, since engines compile beside it), and megabytes by which the process grew at its highest.
import { readFileSync } from 'node:fs'

const load = {
  ours: async () => (await import('../dist/core.js')).parseFeed,
  'rss-parser': async () => {
    const { default: RssParser } = await import('rss-parser')
    return text => new RssParser().parseString(text)
  },
  feedsmith: async () => (await import('feedsmith')).parseFeed,
}

async function passOver(parse, texts) {
  const before = process.cpuUsage()
  for (const text of texts) await parse(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const [, , mode, file, name] = process.argv
const texts = JSON.parse(readFileSync(file, 'utf8'))
if (mode === 'cold') {
  const parse = await load[name]()
  globalThis.gc()
  const before = process.resourceUsage().maxRSS
  const began = performance.now()
  const ms = await passOver(parse, texts)
  const wall = performance.now() - began
  console.log(JSON.stringify({ ms, wall, mb: (process.resourceUsage().maxRSS - before) / 1024 }))
} else {
  const parsers = await Promise.all(Object.entries(load).map(async ([each, get]) => [each, await get()]))
  const best = Object.fromEntries(parsers.map(([each]) => [each, Number.POSITIVE_INFINITY]))
  for (let round = 0; round < 15; round++) {
    for (const [each, parse] of round % 2 === 0 ? parsers : parsers.toReversed()) {
      globalThis.gc()
      best[each] = Math.min(best[each], await passOver(parse, texts))
    }
  }
  console.log(JSON.stringify(best))
}
