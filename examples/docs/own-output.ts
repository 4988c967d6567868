import { aggregate, memoryStore, type Output } from 'weekloom'

/** A feed as a list in Markdown, in pieces, so that no feed is held whole. */
const markdown: Output = {
  format: 'markdown',
  mediaType: 'text/markdown',
  file: 'feed.md',
  *write(feed) {
    yield `# ${feed.info.title ?? ''}\n\n`
    for (const { title, url } of feed.entries) yield `- [${title}](${url})\n`
  },
}

const { files } = await aggregate({
  site: { title: 'Example', url: 'https://example.org/' },
  sources: [{ name: 'nothing', async *read() {} }],
  store: memoryStore(),
  outputs: [markdown],
})
for await (const { path } of files) console.log(path)
