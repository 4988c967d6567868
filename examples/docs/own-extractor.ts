import { type Extractor, identifyLink } from 'weekloom'

/** Reads the pages of one host: their heading, and what stands in `main`. */
export const wiki: Extractor = {
  name: 'wiki',
  matches: url => url.hostname === 'wiki.example',
  extract({ finalUrl, body }) {
    const { key, url } = identifyLink(finalUrl)
    const page = typeof body === 'string' ? body : new TextDecoder().decode(body)
    const title = /<h1>([^<]{1,200})<\/h1>/.exec(page)?.[1]
    if (title === undefined)
      return {
        ok: false,
        problem: { code: 'ARTICLE_TITLE_MISSING', level: 'warning', message: 'The page has no heading.', where: { url } },
      }
    const [, html = ''] = page.split(/<\/?main>/)
    return {
      ok: true,
      value: { key, url, title, html, authors: [], kind: 'article', extractor: 'wiki', from: { title: 'h1', html: 'main' } },
    }
  },
}
