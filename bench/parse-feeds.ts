/**
 * Compares `parseFeed` with the packages rss-parser and feedsmith on the same made feeds of 1 kB to 1.6 MB: RSS with escaped and with CDATA bodies, Atom with HTML and
 * XHTML, RDF; English and Chinese. Warm is the best of several interleaved rounds in one process; cold and memory are the first pass of a process of its own, the
 * modules loaded before. Prints milliseconds of CPU, for the first pass those of the clock
 * too, and how many times as fast ours is.
 *
 * The contenders run in processes of their own (`parse-feeds-child.mjs`), as they are published: what a loader makes of TypeScript is several times as slow. So ours has to be built before;
 * `npm run bench -- parse-feeds` does both.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  return text + foot
}

const child = join(import.meta.dirname, 'parse-feeds-child.mjs')

/** Runs the child and gives the numbers that it prints for each contender. */
function ask(mode: string, file: string, ...more: readonly string[]): Record<string, number> {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', child, mode, file, ...more], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function say(label: string, figures: Readonly<Record<string, number>>, unit: string): void {
  const ours = figures['ours'] ?? Number.NaN
  const shown = Object.entries(figures).map(([name, value]) => {
    const ratio = name === 'ours' ? '' : ` (${(value / ours).toFixed(1)} x)`
    return `${name} ${value.toFixed(1)} ${unit}${ratio}`
  })
  console.log(`${label.padEnd(9)} ${shown.join('   ')}`)
}

const folder = mkdtempSync(join(tmpdir(), 'weekloom-bench-'))
try {
  for (const [name, list] of Object.entries({ ...sizes, all: Object.values(sizes).flat() })) {
    const file = join(folder, `${name}.json`)
    writeFileSync(file, JSON.stringify(list.map(feedOf)))
    say(`warm ${name}`, ask('warm', file), 'ms')
    const cold: Record<string, number> = {}
    const coldByClock: Record<string, number> = {}
    const memory: Record<string, number> = {}
    for (const contender of ['ours', 'rss-parser', 'feedsmith']) {
      const runs = Array.from({ length: 3 }, () => ask('cold', file, contender))
      cold[contender] = Math.min(...runs.map(({ ms = Number.NaN }) => ms))
      coldByClock[contender] = Math.min(...runs.map(({ wall = Number.NaN }) => wall))
      memory[contender] = Math.min(...runs.map(({ mb = Number.NaN }) => mb))
    }
    say(`cold ${name}`, cold, 'ms')
    say(`  clock`, coldByClock, 'ms')
    say(`memory ${name}`, memory, 'MB')
  }
} finally {
  rmSync(folder, { recursive: true })
}
