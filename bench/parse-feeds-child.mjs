// Reads the feeds of a file by one contender, several times over, as a process of a user would: nothing is collected or prepared between the passes.
// Prints milliseconds of the first pass, by the clock and of CPU, the median of the later half, of CPU, and megabytes by which the process grew in the first pass at its highest.
import { readFileSync } from 'node:fs'

const load = {
  ours: async () => (await import('../dist/core.js')).parseFeed,
  'rss-parser': async () => {
    const { default: RssParser } = await import('rss-parser')
    return text => new RssParser().parseString(text)
  },
  feedsmith: async () => (await import('feedsmith')).parseFeed,
}

const [, , file, name, passes] = process.argv
const texts = JSON.parse(readFileSync(file, 'utf8'))
const parse = await load[name]()
const times = []
let cold = 0
const before = process.resourceUsage().maxRSS
let grown = 0
for (let pass = 0; pass < Number(passes); pass++) {
  const start = process.cpuUsage()
  const at = performance.now()
  for (const text of texts) await parse(text)
  if (pass === 0) cold = performance.now() - at
  const { user, system } = process.cpuUsage(start)
  times.push((user + system) / 1000)
  if (pass === 0) grown = process.resourceUsage().maxRSS - before
}
const later = times.slice(times.length >> 1).toSorted((a, b) => a - b)
console.log(JSON.stringify({ cold, coldCpu: times[0], warm: later[later.length >> 1], mb: grown / 1024 }))
