import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { load } from 'cheerio/slim'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/types.js'
import { wechatExtractor } from '../../src/wechat/extract-wechat.js'

const corpus = process.env['WEEKLOOM_CORPUS']
const folder = join(corpus ?? '', 'wechat')

interface Label {
  file: string
  kind: string
  expected: { [name: string]: string | number | boolean | null | undefined }
}

const kinds: Readonly<Record<string, string>> = { article: 'article', picture: 'pictures', text: 'text', share: 'share' }
const refusals: Readonly<Record<string, string>> = {
  deleted: 'WECHAT_DELETED',
  violation: 'WECHAT_VIOLATION',
  verification: 'WECHAT_VERIFICATION',
  'expired-link': 'WECHAT_LINK_EXPIRED',
  'parameter-error': 'WECHAT_PARAMETER_ERROR',
  unavailable: 'WECHAT_UNAVAILABLE',
  'account-info': 'WECHAT_NOT_ARTICLE',
  'account-history': 'WECHAT_NOT_ARTICLE',
}

const labels: readonly (Label & { name: string })[] =
  corpus === undefined
    ? []
    : readdirSync(folder)
        .filter(file => file.endsWith('.json'))
        .map(file => ({ name: file.replace('.json', ''), ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Label) }))
        .filter(label => label.kind !== 'fragment')

function extract(label: Label, body: boolean) {
  const url = String(label.expected['shortUrl'] ?? label.expected['canonicalUrl'] ?? `https://mp.weixin.qq.com/s/${'x'.repeat(22)}`)
  const bytes = new Uint8Array(gunzipSync(readFileSync(join(folder, label.file))))
  const page: Page = {
    url,
    finalUrl: url,
    status: 200,
    mediaType: 'text/html',
    body: bytes,
    fetchedAt: '2026-01-01T00:00:00.000Z',
    from: 'store',
  }
  return wechatExtractor.extract(page, { body })
}

const squeeze = (text: unknown) => String(text ?? '').replace(/[\s\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]/g, '')
const place = (url: unknown) => (typeof url === 'string' ? new URL(url).host + new URL(url).pathname : undefined)

describe.skipIf(corpus === undefined)('labelled pages of WeChat (WEEKLOOM_CORPUS)', () => {
  it('are there', () => expect(labels.length).toBeGreaterThan(0))

  describe.each(labels)('$name', label => {
    const { expected, kind } = label
    const code = refusals[kind]
    if (code !== undefined) {
      it(`is refused with ${code}`, () => expect(extract(label, true)).toMatchObject({ ok: false, problem: { code } }))
      return
    }

    it('gives the fields of its label', () => {
      const outcome = extract(label, false)
      if (!outcome.ok) return expect.unreachable(outcome.problem.message)
      const article = outcome.value
      const title = squeeze(expected['title'])
      if (expected['titleIsBody']) expect(title.startsWith(squeeze(article.title).replace(/…$/, ''))).toBe(true)
      else expect(squeeze(article.title)).toBe(title)
      expect(article.kind).toBe(kinds[kind])
      expect(squeeze(article.authors[0]?.name)).toBe(squeeze(expected['author']))
      expect(squeeze(article.account?.name)).toBe(squeeze(expected['accountName']))
      expect(article.account?.alias).toBe(expected['accountAlias'] ?? undefined)
      expect(article.published?.slice(0, 19)).toBe(
        typeof expected['publishedAt'] === 'string' ? expected['publishedAt'].slice(0, 19) : undefined,
      )
      expect(place(article.image)).toBe(place(expected['coverUrl']))
      expect(article.key).toContain(`${expected['biz']}/${expected['mid']}/${expected['idx']}`)
      expect(article.original ?? null).toBe(expected['original'] ?? null)
    })

    it('gives the body of its label', () => {
      const outcome = extract(label, true)
      if (!outcome.ok) return expect.unreachable(outcome.problem.message)
      const $ = load(outcome.value.html ?? '')
      const text = squeeze($.root().text())
      expect(text).toContain([...squeeze(expected['bodyStart60'])].slice(0, 30).join(''))
      expect(text).toContain([...squeeze(expected['bodyEnd40'])].slice(-20).join(''))
      const images = $('img')
        .toArray()
        .filter(image => $(image).closest('figure[data-kind]').length === 0)
      expect(images.length).toBe(kind === 'share' ? 0 : expected['imageCount'])
      for (const image of images) expect($(image).attr('src')).toMatch(/^https:\/\//)
    })
  })
})
