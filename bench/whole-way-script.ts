/** The script that everybody writes, as it is found in many a repository. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'cheerio'
import { Feed } from 'feed'
import pLimit from 'p-limit'
import RssParser from 'rss-parser'
import type { Task } from './whole-way.js'

export async function run({ posts, output, origin, feeds }: Task): Promise<void> {
  const limit = pLimit(10)
  const links = readdirSync(posts).flatMap(name =>
    [...readFileSync(join(posts, name, 'index.md'), 'utf8').matchAll(/\[([^\]]+)\]\((https?:\/\/mp\.weixin\.qq\.com[^)]+)\)/g)].map(
      match => match[2] ?? '',
    ),
  )
  const feed = new Feed({ id: 'https://example.org/', title: 'Weekly', link: 'https://example.org/' })
  await Promise.all(
    [...new Set(links)].map(link =>
      limit(async () => {
        const html = await (await fetch(link.replace('https://mp.weixin.qq.com', origin))).text()
        const $ = load(html)
        $('#js_content img').each((_, image) => {
          $(image).attr('src', $(image).attr('data-src') ?? '')
        })
        const seconds = /var ct = "(\d+)"|ct: '(\d+)'/.exec(html)
        feed.addItem({
          id: link,
          link,
          title: $('#activity-name').text().trim() || $('meta[property="og:title"]').attr('content') || link,
          description: $('meta[name="description"]').attr('content') ?? '',
          content: $('#js_content').html() ?? '',
          author: [{ name: $('#js_name').text().trim() }],
          date: new Date(Number(seconds?.[1] ?? seconds?.[2] ?? 0) * 1000),
        })
      }),
    ),
  )
  const parser = new RssParser()
  await Promise.all(
    feeds.map(url =>
      limit(async () => {
        for (const item of (await parser.parseURL(url)).items)
          feed.addItem({
            id: item.guid ?? '',
            link: item.link ?? '',
            title: item.title ?? '',
            content: item.content ?? '',
            date: new Date(item.isoDate ?? 0),
          })
      }),
    ),
  )
  mkdirSync(output, { recursive: true })
  writeFileSync(join(output, 'rss.xml'), feed.rss2())
  writeFileSync(join(output, 'atom.xml'), feed.atom1())
  writeFileSync(join(output, 'feed.json'), feed.json1())
}
