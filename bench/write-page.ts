/**
 * The page for people beside the writers of feeds, on the same made entries, in one process. Prints milliseconds of CPU (the best of several
 * interleaved rounds), the size, and how many times as much as at the count before: the page shows the newest 1000, so it must stop growing.
 *
 *     npm run bench -- write-page [entries…]
 */
import { writeAtom } from '../src/feed/write-atom.js'
import { writePage } from '../src/page/write-page.js'
import { sampleFeed } from '../test/feed/sample-feed.js'

const ROUNDS = 7

interface Cost {
  ms: number
  bytes: number
}

function measure(count: number): Map<string, Cost> {
  const feed = sampleFeed(count)
  const writers = Object.entries({ page: () => writePage(feed), Atom: () => writeAtom(feed) })
  const best = new Map<string, Cost>()
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, write] of round % 2 === 0 ? writers : writers.toReversed()) {
      const start = process.cpuUsage()
      const bytes = Buffer.byteLength(write())
      const { user, system } = process.cpuUsage(start)
      best.set(name, { bytes, ms: Math.min(best.get(name)?.ms ?? Number.POSITIVE_INFINITY, (user + system) / 1000) })
    }
  }
  return best
}

let before: Map<string, Cost> | undefined
const counts = process.argv.slice(2).map(Number)
for (const count of counts.length > 0 ? counts : [100, 1000, 10_000]) {
  const costs = measure(count)
  for (const [name, { ms, bytes }] of costs) {
    const last = before?.get(name)
    const grown = last === undefined ? '' : `   ${(ms / last.ms).toFixed(1)} x time, ${(bytes / last.bytes).toFixed(1)} x size`
    console.log(
      `${name.padEnd(5)}${String(count).padStart(7)}  ${ms.toFixed(1).padStart(7)} ms  ${(bytes / 1000).toFixed(0).padStart(6)} kB${grown}`,
    )
  }
  before = costs
}
