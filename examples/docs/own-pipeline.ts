import {
  articleToEntry,
  extractArticle,
  type Feed,
  feedToEntries,
  mergeEntries,
  parseFeed,
  presentEntry,
  selectEntries,
  writeRss,
} from 'weekloom/core'

/** A feed of the page and the feeds that you have, whichever way you had them: what is in several is one entry. */
function weave(page: string, feeds: readonly string[]): string {
  const article = extractArticle({ url: 'https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa', body: page })
  const parsed = feeds.map(text => parseFeed(text)).flatMap(outcome => (outcome.ok ? [outcome.value] : []))
  const entries = mergeEntries([...(article.ok ? [articleToEntry(article.value)] : []), ...parsed.flatMap(feed => feedToEntries(feed))])
  const wanted = entries.filter(entry => !entry.title.includes('招聘'))
  const feed: Feed = {
    info: { title: 'Example', homeUrl: 'https://example.org/', feedUrl: 'https://example.org/rss.xml' },
    entries: selectEntries(wanted, { limit: 50 }).map(entry => presentEntry(entry)),
  }
  return writeRss(feed)
}

const feed =
  '{ "version": "https://jsonfeed.org/version/1.1", "title": "Other", "items": [{ "id": "https://a.example/1", "content_text": "Raft" }] }'
console.log(weave('<h1 id="activity-name">Paxos</h1><div id="js_content"><p>Text.</p></div>', [feed]))
