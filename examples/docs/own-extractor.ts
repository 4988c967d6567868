import { type Extractor, extractArticle } from 'weekloom/core'

/** Reads the pages of one host; the first extractor that matches is asked, before the built-in ones. */
const wiki: Extractor = {
  name: 'wiki',
  matches: url => url.hostname === 'wiki.example',
  extract(page) {
    const title = /<h1>([^<]{1,200})<\/h1>/.exec(String(page.body))?.[1] ?? 'Untitled'
    const article = { key: page.url, url: page.url, title, authors: [], kind: 'article', extractor: 'wiki', from: { title: 'h1' } } as const
    return { ok: true, value: article }
  },
}

const outcome = extractArticle({ url: 'https://wiki.example/raft', body: '<h1>Raft</h1>' }, { extractors: [wiki] })
console.log(outcome.ok && outcome.value.title)
