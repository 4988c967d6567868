/**
 * A frozen build over 10,000 stored articles that changes nothing, side by side with reading the same store files by fs.readFile, one after
 * another and 16 at a time. Each in a fresh process, in turns; wall time of the best of five, and the peak memory of the build. Fails when a
 * build takes longer than three times the faster reading, or 250 MB. `npm run bench -- stored-run [articles]`
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [job, place = '', count = '10000'] = process.argv.slice(2)
const linksEach = 100
const { aggregate, fileStore, weekly, writeFiles }: typeof import('../src/index.js') = await import(
  pathToFileURL(resolve('dist/index.js')).href
)

if (job === 'read') await readAll(place, 1)
else if (job === 'read-together') await readAll(place, 16)
else if (job === 'build') await build(place)
else await compare(Number(job ?? count))

function optionsOf(folder: string) {
  return {
    site: { title: 'Weekly', url: 'https://example.org/' },
    sources: [weekly('posts/*/index.md')],
    cwd: folder,
    store: fileStore(join(folder, 'store')),
    network: 'frozen',
    now: '2024-01-01T00:00:00.000Z',
  } as const
}

async function build(folder: string): Promise<void> {
  const started = performance.now()
  const run = await aggregate(optionsOf(folder))
  const files = await writeFiles(run.files, join(folder, 'public'))
  const wall = performance.now() - started
  const changed = files.filter(file => file.state !== 'unchanged').length
  console.log(
    JSON.stringify({
      wall,
      memory: process.resourceUsage().maxRSS / 1024,
      changed,
      stored: run.report.pages.filter(page => page.state === 'stored').length,
    }),
  )
}

async function readAll(folder: string, together: number): Promise<void> {
  const names = readdirSync(join(folder, 'store'), { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && entry.name.endsWith('.json'),
  )
  const started = performance.now()
  let bytes = 0
  let next = 0
  const read = async () => {
    for (let entry = names[next++]; entry !== undefined; entry = names[next++])
      bytes += (await readFile(join(entry.parentPath, entry.name))).length
  }
  await Promise.all(Array.from({ length: together }, read))
  console.log(JSON.stringify({ wall: performance.now() - started, files: names.length, bytes }))
}

/** The store as a run leaves it that had every page: made by the store's own functions, without a network. */
async function prepare(folder: string, articles: number): Promise<void> {
  const { noteArticle } = await import('../src/store/article-record.js')
  const { writeArticle } = await import('../src/store/article-records.js')
  const store = fileStore(join(folder, 'store'))
  const issues = Math.ceil(articles / linksEach)
  const now = '2023-12-01T00:00:00.000Z'
  for (let issue = 0; issue < issues; issue++) {
    const published = new Date(Date.UTC(2015, 0, 2 + issue * 7, 7)).toISOString()
    const mids = Array.from({ length: linksEach }, (_, index) => 2_650_000_000 + issue * linksEach + index)
    const lines = mids.map(
      mid =>
        `- [文章 ${mid} 的标题](https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk5OQ==&mid=${mid}&idx=1&sn=0123456789abcdef0123456789abcdef)`,
    )
    mkdirSync(join(folder, `posts/weekly-${issue}`), { recursive: true })
    writeFileSync(
      join(folder, `posts/weekly-${issue}/index.md`),
      `---\ntitle: "Weekly ${issue}"\ndate: ${published}\n---\n\n### 本周推荐阅读\n\n${lines.join('\n')}\n`,
    )
    await Promise.all(
      mids.map(mid => {
        const key = `wechat:MzA5OTk5OTk5OQ==/${mid}/1/0123456789abcdef0123456789abcdef`
        const url = `https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk5OQ==&mid=${mid}&idx=1&sn=0123456789abcdef0123456789abcdef`
        const html = `<p>${'一段关于织机和梭子的正文，讲了很多细节。'.repeat(60)}</p>`
        return writeArticle(
          store,
          noteArticle(
            { key },
            {
              key,
              url,
              title: `文章 ${mid} 的标题`,
              published,
              authors: [{ name: '作者' }],
              account: { name: '织机社区', id: 'MzA5OTk5OTk5OQ==' },
              summary: '一句话的摘要。',
              html,
              kind: 'article',
              extractor: 'wechat',
              from: { title: 'cgiDataNew.title' },
            },
            now,
          ),
        )
      }),
    )
  }
}

async function compare(articles: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weekloom-bench-'))
  await prepare(folder, articles)
  const run = (what: string): Record<string, number> =>
    JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), what, folder], { encoding: 'utf8' }))
  const first = run('build')
  const reads: number[] = []
  const together: number[] = []
  const builds: number[] = []
  let memory = 0
  for (let round = 0; round < 5; round++) {
    reads.push(run('read')['wall'] ?? 0)
    together.push(run('read-together')['wall'] ?? 0)
    const built = run('build')
    builds.push(built['wall'] ?? 0)
    memory = Math.max(memory, built['memory'] ?? 0)
    if (built['changed'] !== 0) throw new Error('A build that should change nothing changed files.')
  }
  const [read, readTogether, built] = [Math.min(...reads), Math.min(...together), Math.min(...builds)]
  const times = built / Math.min(read, readTogether)
  console.log(`${articles} stored articles (first build, which writes the ledger: ${(first['wall'] ?? 0).toFixed(0)} ms)`)
  console.log(
    `read the files ${read.toFixed(0)} ms, 16 at a time ${readTogether.toFixed(0)} ms   frozen build ${built.toFixed(0)} ms   ${times.toFixed(2)} times   peak memory ${memory.toFixed(0)} MB`,
  )
  if (times > 3 || memory > 250) process.exitCode = 1
  rmSync(folder, { recursive: true })
}
