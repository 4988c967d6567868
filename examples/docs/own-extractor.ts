import { type Extractor, extractArticle } from 'weekloom/core'

/** Reads the pages of one host; the first extractor that matches is asked, before the built-in ones. */
const wiki: Extractor = {
  name: 'wiki',
  matches: url => url.hostname === 'wiki.example',
  extract({ url, body }) {
    const html = typeof body === 'string' ? body : new TextDecoder().decode(body)
    const title = /<h1>([^<]{1,200})<\/h1>/.exec(html)?.[1]
    if (title === undefined)
      return {
        ok: false,
        problem: { code: 'ARTICLE_TITLE_MISSING', level: 'warning', message: 'The page has no heading.', where: { url } },
      }
    return { ok: true, value: { key: url, url, title, authors: [], kind: 'article', extractor: 'wiki', from: { title: 'h1' } } }
  },
}

const outcome = extractArticle({ url: 'https://wiki.example/raft', body: '<h1>Raft</h1>' }, { extractors: [wiki] })
console.log(outcome.ok && outcome.value.title)
