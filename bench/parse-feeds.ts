/**
 * Compares `parseFeed` with the packages rss-parser and feedsmith on the same made feeds of 1 kB to 1.6 MB: RSS with escaped and with CDATA bodies, Atom with HTML and
 * XHTML, RDF; English and Chinese. Warm is the best of several interleaved rounds in one process; cold and memory are the first pass of a process of its own, the
 * modules loaded before. Prints milliseconds of CPU and how many times as fast ours is.
 *
 * Ours is measured as it is published, so it has to be built before: `npm run bench -- parse-feeds` does both.
 */
import { spawnSync } from 'node:child_process'
import { escapeText } from '../src/text/html.js'

type Parse = (text: string) => unknown

const contenders: Readonly<Record<string, () => Promise<Parse>>> = {
  ours: async () => (await import(new URL('../dist/core.js', import.meta.url).href)).parseFeed,
  'rss-parser': async () => {
    const { default: RssParser } = await import('rss-parser')
    return text => new RssParser().parseString(text)
  },
  feedsmith: async () => (await import('feedsmith')).parseFeed,
}

const sizes: Readonly<Record<string, readonly number[]>> = {
  S: Array.from({ length: 60 }, (_, index) => 1000 + index * 150),
  M: Array.from({ length: 24 }, (_, index) => 10_000 + index * 3700),
  L: [120_000, 200_000, 300_000, 400_000, 600_000, 800_000, 1_200_000, 1_600_000],
}

const sentences = [
  'The release brings faster builds, fewer surprises & a <em>calmer</em> log.',
  '<a href="https://example.org/post?id=1&amp;lang=en" title="More">Read on</a> for what changed in the parser.',
  '社区本周发布了新版本，<strong>启动更快</strong>，日志更少。',
  '<img src="https://example.org/images/cover.png" width="640" height="360" alt="Cover"/> A picture, then a list.',
  '<code>npm install</code> is all it takes; see the notes for &lt;details&gt; and the long tail of small fixes.',
]
const shapes = ['rss-cdata', 'rss-escaped', 'atom-html', 'atom-xhtml', 'rdf'] as const
type Shape = (typeof shapes)[number]

function bodyOf(seed: number, length: number): string {
  let body = ''
  for (let at = seed; body.length < length; at++) body += `<p>${sentences[at % sentences.length]}</p>\n`
  return body
}

function itemOf(shape: Shape, seed: number, length: number): string {
  const body = bodyOf(seed, length)
  const link = `https://example.org/posts/${seed}/`
  const day = String((seed % 28) + 1).padStart(2, '0')
  const title = `Post ${seed}: builds &amp; feeds`
  if (shape === 'rdf')
    return `<item rdf:about="${link}"><title>${title}</title><link>${link}</link><dc:date>2024-03-${day}T08:00:00+08:00</dc:date><dc:creator>Ada</dc:creator><description>${escapeText(body)}</description></item>\n`
  if (shape === 'atom-html' || shape === 'atom-xhtml') {
    const content =
      shape === 'atom-html'
        ? `<content type="html">${escapeText(body)}</content>`
        : `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${body.replaceAll(' & ', ' &amp; ')}</div></content>`
    return `<entry><id>tag:example.org,2024:${seed}</id><title>${title}</title><link rel="alternate" href="${link}"/><published>2024-03-${day}T08:00:00Z</published><updated>2024-03-${day}T09:00:00Z</updated><author><name>Ada</name></author><category term="build"/>${content}</entry>\n`
  }
  const text = shape === 'rss-cdata' ? `<![CDATA[${body}]]>` : escapeText(body)
  return `<item>\n<title>${title}</title>\n<link>${link}</link>\n<guid isPermaLink="false">${seed}@example.org</guid>\n<pubDate>Fri, ${day} Mar 2024 08:00:00 +0800</pubDate>\n<dc:creator><![CDATA[Ada]]></dc:creator>\n<category><![CDATA[build]]></category>\n<category>news</category>\n<description>A short word on it.</description>\n<content:encoded>${text}</content:encoded>\n</item>\n`
}

const heads: Readonly<Record<Shape, readonly [string, string]>> = {
  'rss-cdata': [
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed</title><link>https://example.org/</link><description>News</description>',
    '</channel></rss>',
  ],
  'rss-escaped': [
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed</title><link>https://example.org/</link><description>News</description>',
    '</channel></rss>',
  ],
  'atom-html': [
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id><title>Feed</title><updated>2024-03-31T00:00:00Z</updated>',
    '</feed>',
  ],
  'atom-xhtml': [
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id><title>Feed</title><updated>2024-03-31T00:00:00Z</updated>',
    '</feed>',
  ],
  rdf: [
    '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.org/"><title>Feed</title><link>https://example.org/</link><description>News</description></channel>',
    '</rdf:RDF>',
  ],
}

function feedOf(size: number, index: number): string {
  const shape = shapes[index % shapes.length] ?? 'rdf'
  const [head, foot] = heads[shape]
  const length = size < 10_000 ? 250 : 1500
  let text = `<?xml version="1.0" encoding="utf-8"?>\n${head}`
  for (let seed = index; text.length < size; seed++) text += itemOf(shape, seed, length)
  // Flat, as a text from the network is, not a rope of pieces.
  return Buffer.from(text + foot).toString()
}

async function passOver(parse: Parse, texts: readonly string[]): Promise<number> {
  const { user, system } = process.cpuUsage()
  for (const text of texts) await parse(text)
  const after = process.cpuUsage()
  return (after.user - user + after.system - system) / 1000
}

const textsOf = (name: string) => (sizes[name] ?? []).map(feedOf)

function say(label: string, figures: ReadonlyMap<string, number>, unit: string): void {
  const ours = figures.get('ours') ?? Number.NaN
  const others = [...figures].map(
    ([name, value]) => `${name} ${value.toFixed(1)} ${unit}${name === 'ours' ? '' : ` (${(value / ours).toFixed(1)} x)`}`,
  )
  console.log(`${label.padEnd(8)} ${others.join('   ')}`)
}

async function measureWarm(size: string): Promise<void> {
  const texts = textsOf(size)
  const best = new Map<string, number>()
  const parsers = await Promise.all(Object.entries(contenders).map(async ([name, load]) => [name, await load()] as const))
  for (let round = 0; round < 9; round++) {
    for (const [name, parse] of round % 2 === 0 ? parsers : parsers.toReversed()) {
      globalThis.gc?.()
      best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, await passOver(parse, texts)))
    }
  }
  say(`warm ${size}`, new Map(Object.keys(contenders).map(name => [name, best.get(name) ?? Number.NaN])), 'ms')
}

function measureCold(size: string): void {
  const time = new Map<string, number>()
  const memory = new Map<string, number>()
  for (const name of Object.keys(contenders)) {
    for (let round = 0; round < 3; round++) {
      const child = spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? '', '--cold', name, size], { encoding: 'utf8' })
      const [ms = Number.NaN, mb = Number.NaN] = child.stdout.split(' ').map(Number)
      time.set(name, Math.min(time.get(name) ?? Number.POSITIVE_INFINITY, ms))
      memory.set(name, Math.min(memory.get(name) ?? Number.POSITIVE_INFINITY, mb))
    }
  }
  say(`cold ${size}`, time, 'ms')
  say(`memory ${size}`, memory, 'MB')
}

const [, , mode, name = '', size = ''] = process.argv
if (mode === '--cold') {
  const texts = textsOf(size)
  const parse = await contenders[name]?.()
  if (parse === undefined) throw new Error(`No contender is called ${name}.`)
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const ms = await passOver(parse, texts)
  process.stdout.write(`${ms} ${(process.memoryUsage().rss - before) / 1e6}`)
} else {
  for (const each of Object.keys(sizes)) await measureWarm(each)
  for (const each of Object.keys(sizes)) measureCold(each)
}
