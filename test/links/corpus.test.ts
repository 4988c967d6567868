import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { identifyLink } from '../../src/links/identify-link.js'
import { linkKind } from '../../src/links/link-kind.js'
import { mendUrl } from '../../src/links/mend-url.js'

interface Label {
  wechat?: { key: string; canonical: string; urls: string[] }[]
  sections?: { links?: { url: string; sub?: string }[] | number }[]
}

const corpus = process.env['WEEKLOOM_CORPUS']

/** The labels of real weekly posts. */
function readLabels(folder: string): { file: string; label: Label }[] {
  return readdirSync(join(folder, 'weekly'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.includes('/') && file.endsWith('.json'))
    .map(file => ({ file, label: JSON.parse(readFileSync(join(folder, 'weekly', file), 'utf8')) }))
}

describe.skipIf(corpus === undefined)('addresses in real weekly posts', () => {
  const labels = corpus === undefined ? [] : readLabels(corpus)
  const links = labels.flatMap(({ label }) =>
    (label.sections ?? []).flatMap(section => (Array.isArray(section.links) ? section.links : [])),
  )

  it('gives every article its key and address', () => {
    const wrong = labels.flatMap(({ file, label }) =>
      (label.wechat ?? []).flatMap(article =>
        article.urls
          .filter(url => {
            const mended = mendUrl(url)
            const { kind, key, url: canonical } = identifyLink(url)
            return (
              kind !== 'wechat' ||
              key !== `wechat:${article.key}` ||
              canonical !== article.canonical ||
              mended === undefined ||
              identifyLink(mended.url).key !== key
            )
          })
          .map(url => ({ file, url })),
      ),
    )
    expect(labels.length).toBeGreaterThan(0)
    expect(wrong).toEqual([])
  })

  it('takes no other page of WeChat for an article', () => {
    const wrong = links.filter(
      ({ url, sub }) => (sub ?? '').startsWith('wechat') && (identifyLink(url).kind === 'wechat' || linkKind(url) === 'wechat'),
    )
    expect(wrong).toEqual([])
  })

  it('lets nothing of a session through, and is stable', () => {
    for (const { url } of links) {
      const first = identifyLink(url)
      expect(identifyLink(first.url)).toEqual(first)
      expect(first.url + first.key).not.toMatch(/mp\.weixin\.qq\.com.*[?&](?:key|uin|pass_ticket|exportkey|poc_token)=/)
    }
  })
})
