/**
 * Weekly posts: parsePost beside the usual three (gray-matter, markdown-it's render, cheerio/slim for the links) on the same posts, in one
 * process, in turns. CPU time of the best of several passes; ours also gives titles, sections, notes and sanitised HTML. Posts come from the
 * folder WEEKLOOM_CORPUS where that is set, else from the fixtures. Then hostile texts, once and twice as long: the ratio of their times.
 *
 *     npm run bench -- parse-posts
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'cheerio/slim'
import matter from 'gray-matter'
import MarkdownIt from 'markdown-it'
import { parsePosts } from '../src/post/parse-post.js'

const corpus = process.env['WEEKLOOM_CORPUS']
const folder = corpus === undefined ? 'fixtures/weekly' : join(corpus, 'weekly')
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.md') && !/(INDEX|README)\.md$/.test(file))
  .map(file => ({ path: file, text: readFileSync(join(folder, file), 'utf8') }))
const rounds = 12

const markdown = new MarkdownIt({ html: true, linkify: true })
let links = 0

const contenders = {
  ours() {
    for (const { path, text } of texts) {
      const outcome = parsePosts(text, { path, timeZone: 'Asia/Shanghai' })
      if (outcome.ok) for (const post of outcome.value) links += post.sections.length
    }
  },
  'usual three'() {
    for (const { text } of texts) {
      let content = text
      try {
        // With options given it keeps no cache, which would answer the second pass for it.
        content = matter(text, {}).content
      } catch {}
      const $ = load(markdown.render(content))
      $('a').each((_, link) => {
        if ($(link).attr('href') && $(link).text()) links++
      })
    }
  },
} as const

function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const best: Record<string, number> = {}
for (let round = 0; round < rounds; round++) {
  const entries = Object.entries(contenders)
  for (const [name, work] of round % 2 === 0 ? entries : entries.reverse())
    best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, cpuOf(work))
}
const [ours = 0, usual = 0] = [best['ours'], best['usual three']]
console.log(
  `${texts.length} posts: ours ${ours.toFixed(0)} ms (${Math.round((texts.length / ours) * 1000)} posts a second), usual three ${usual.toFixed(0)} ms: ${(ours / usual).toFixed(2)} times theirs`,
)

const hostile: Record<string, (size: number) => string> = {
  brackets: size => '['.repeat(size),
  pictures: size => '!['.repeat(size / 2),
  quotes: size => '>'.repeat(size),
  backticks: size => '`a'.repeat(size / 2),
  'nested lists': size => Array.from({ length: Math.floor(Math.sqrt(size)) }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n'),
  ampersands: size => '&'.repeat(size),
  emphasis: size => '**a '.repeat(size / 4),
  addresses: size => 'http://]('.repeat(size / 9),
}
for (const [name, make] of Object.entries(hostile)) {
  const time = (size: number) => Math.min(...[0, 1, 2].map(() => cpuOf(() => void parsePosts(make(size)))))
  const [once, twice] = [time(200_000), time(400_000)]
  console.log(
    `${name.padEnd(13)} ${once.toFixed(0).padStart(5)} ms, twice as long ${twice.toFixed(0).padStart(5)} ms: ${(twice / once).toFixed(2)} times`,
  )
}
if (links === 0) throw new Error('Nothing was read.')
