/**
 * Compares `parseFeed` with the packages rss-parser and feedsmith on the same made feeds of 1 kB to 1.6 MB: RSS with escaped and with CDATA bodies, with summaries and with
 * podcasts, Atom with HTML and XHTML, RDF; English and Chinese. Each contender has processes of its own, interleaved: cold is the first pass of such a process, its modules
 * loaded before, warm the median of the later half of its passes. Prints milliseconds of CPU, those of the first pass by the clock besides (a part of what the engine compiles for it is
 * compiled at the same time on another core), how many times as fast ours is, and memory.
 *
 * The contenders run as they are published (`parse-feeds-child.mjs`): what a loader makes of TypeScript is several times as slow. So ours has to be built before;
 * `npm run bench -- parse-feeds` does both. `npm run bench -- parse-feeds FOLDER` reads the feeds of a folder besides, as far as all three read them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseFeed as parseByFeedsmith } from 'feedsmith'
import RssParser from 'rss-parser'
import { parseFeed } from '../src/core.js'
import { escapeText } from '../src/text/html.js'

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
const shapes = ['rss-cdata', 'rss-escaped', 'rss-summary', 'podcast', 'atom-html', 'atom-xhtml', 'rdf'] as const
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
  if (shape === 'rss-summary')
    return `<item>\n  <title>${title}</title>\n  <link>${link}</link>\n  <guid>${link}</guid>\n  <pubDate>Fri, ${day} Mar 2024 08:00:00 GMT</pubDate>\n  <category>news</category>\n  <description>What changed in version ${seed}, and why you will hardly notice: the parser is calmer, the log shorter, and the notes say what to do.</description>\n</item>\n`
  if (shape === 'podcast')
    return `<item>\n  <title>Episode ${seed}</title>\n  <link>${link}</link>\n  <guid isPermaLink="false">${seed}@example.org</guid>\n  <pubDate>Fri, ${day} Mar 2024 08:00:00 -0500</pubDate>\n  <description>${escapeText(body.slice(0, 400))}</description>\n  <enclosure url="https://example.org/audio/${seed}.mp3" length="${1_000_000 + seed}" type="audio/mpeg"/>\n  <itunes:duration>01:02:${day}</itunes:duration>\n  <itunes:author>Ada</itunes:author>\n  <itunes:explicit>no</itunes:explicit>\n  <itunes:image href="https://example.org/images/${seed}.jpg"/>\n</item>\n`
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
  'rss-summary': [
    '<rss version="2.0"><channel><title>Feed</title><link>https://example.org/</link><description>News</description>',
    '</channel></rss>',
  ],
  podcast: [
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Feed</title><link>https://example.org/</link><description>Talk</description>',
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
  return text + foot
}

const child = join(import.meta.dirname, 'parse-feeds-child.mjs')
const contenders = ['ours', 'rss-parser', 'feedsmith'] as const
const measures = { warm: 'warm', cold: 'cold', coldCpu: 'cold, CPU', mb: 'memory' } as const
const rounds = 3
const passes = 40

/** Runs the child and gives the numbers that it prints. */
function ask(file: string, contender: string): Record<string, number> {
  const { stdout, stderr, status } = spawnSync(process.execPath, [child, file, contender, String(passes)], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Reads the feeds by all contenders, in turns, and says what each took. */
function compare(name: string, feeds: readonly string[], folder: string): void {
  const file = join(folder, 'feeds.json')
  writeFileSync(file, JSON.stringify(feeds))
  const runs = Array.from({ length: rounds }, (_, round) =>
    (round % 2 === 0 ? contenders : contenders.toReversed()).map(contender => ({ contender, ...ask(file, contender) })),
  ).flat()
  for (const [measure, called] of Object.entries(measures)) {
    const figures = contenders.map(contender =>
      median(runs.filter(run => run.contender === contender).map(run => Number(new Map(Object.entries(run)).get(measure)))),
    )
    const [ours = Number.NaN] = figures
    const shown = figures.map((figure, index) => {
      const ratio = index === 0 || ours < 0.5 ? '' : ` (${(figure / ours).toFixed(1)} x)`
      return `${contenders[index]} ${figure.toFixed(1)} ${measure === 'mb' ? 'MB' : 'ms'}${ratio}`
    })
    console.log(`${`${called} ${name}`.padEnd(14)} ${shown.join('   ')}`)
  }
}

/** Feeds of a folder that all contenders read, with as many entries. */
async function feedsOf(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    const text = bytes.toString()
    if (bytes.length < 1000 || bytes.length > 1_700_000 || text.includes('\ufffd') || !/<(?:rss|feed|rdf:RDF)\b/i.test(text.slice(0, 3000)))
      continue
    try {
      const read = parseFeed(text)
      parseByFeedsmith(text)
      const { items } = await new RssParser().parseString(text)
      if (read.ok && items.length > 0 && items.length === read.value.entries.length) found.push(text)
    } catch {
      // One of them refuses it.
    }
  }
  return [...new Set(found)]
}

const folder = mkdtempSync(join(tmpdir(), 'weekloom-bench-'))
try {
  for (const [name, list] of Object.entries({ ...sizes, all: Object.values(sizes).flat() })) compare(name, list.map(feedOf), folder)
  const own = process.argv.at(-1)
  if (own !== undefined && existsSync(own) && statSync(own).isDirectory()) compare('own', await feedsOf(own), folder)
} finally {
  rmSync(folder, { recursive: true })
}
