import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePosts } from '../../src/post/parse-post.js'

interface Label {
  lang?: string
  source?: { path?: string }
  wechat?: { key: string; title?: string; acceptTitles?: string[] }[]
}

const corpus = process.env['WEEKLOOM_CORPUS']
const folder = corpus === undefined ? '' : join(corpus, 'weekly')

describe.skipIf(!existsSync(folder))('labelled weekly posts (WEEKLOOM_CORPUS)', () => {
  it('are all read, with nearly all their articles and what they call them', () => {
    let articles = 0
    let found = 0
    let titles = 0
    let right = 0
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))) {
      const labelFile = join(folder, name.replace(/\.md$/, '.json'))
      if (!existsSync(labelFile)) continue
      const label: Label = JSON.parse(readFileSync(labelFile, 'utf8'))
      const outcome = parsePosts(readFileSync(join(folder, name), 'utf8'), {
        path: label.source?.path ?? name,
        timeZone: label.lang === 'en' ? 'UTC' : 'Asia/Shanghai',
      })
      expect(outcome.ok, name).toBe(true)
      const links = outcome.ok ? outcome.value.flatMap(post => post.sections.flatMap(section => section.links)) : []
      for (const article of label.wechat ?? []) {
        const own = links.filter(link => link.key === `wechat:${article.key}`)
        articles++
        if (own.length > 0) found++
        if (!article.title || own.length === 0) continue
        titles++
        if ([article.title, ...(article.acceptTitles ?? [])].includes(own.find(link => link.title !== undefined)?.title ?? '')) right++
      }
    }
    expect(found / articles).toBeGreaterThanOrEqual(0.998)
    expect(right / titles).toBeGreaterThanOrEqual(0.985)
  })
})
