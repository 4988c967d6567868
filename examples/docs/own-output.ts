import { type Feed, type Output, presentEntry } from 'weekloom/core'

/** A feed as a list in Markdown, in pieces, so that no feed is held whole. */
const markdown: Output = {
  format: 'markdown',
  mediaType: 'text/markdown',
  *write(feed) {
    yield `# ${feed.info.title ?? ''}\n\n`
    for (const entry of feed.entries) {
      const { title, url } = presentEntry(entry)
      yield `- [${title}](${url})\n`
    }
  },
}

const feed: Feed = { info: { title: 'Example' }, entries: [] }
console.log([...markdown.write(feed)].join(''))
