/** The same by weekloom, as published: run a build before. */
import { pathToFileURL } from 'node:url'
import type { Task } from './whole-way.js'

export async function run({ posts, output, store, origin, feeds: urls }: Task): Promise<void> {
  const { aggregate, feeds, weekly, writeFiles }: typeof import('../src/index.js') = await import(pathToFileURL('dist/index.js').href)
  const { files } = await aggregate({
    site: { title: 'Weekly', url: 'https://example.org/' },
    sources: [weekly('*/index.md'), ...(urls.length > 0 ? [feeds(urls.map(url => url.replace(origin, 'https://news.example')))] : [])],
    cwd: posts,
    store,
    hosts: { 'mp.weixin.qq.com': origin, 'news.example': origin },
    fetch: { perHost: 10, total: 10 },
    feeds: { feed: { limit: false, content: 'full', maxBytes: false } },
    fullText: true,
  })
  await writeFiles(files, output)
}
