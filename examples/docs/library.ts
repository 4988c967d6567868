import { aggregate, memoryStore, weekly, writeFiles } from 'weekloom'

const { feeds, files, report } = await aggregate({
  site: { title: 'Example Weekly', url: 'https://example.org/' },
  sources: [weekly('content/blog/*weekly*/index.md')],
  store: memoryStore(),
})
console.log(feeds['articles']?.entries.length, report.problems)
await writeFiles(files, 'public/feeds')
