import { aggregate, autodiscoveryTags, memoryStore, weekly } from 'weekloom'

const { feeds } = await aggregate({
  site: { title: 'Example Weekly', url: 'https://example.org/' },
  sources: [weekly('content/blog/*weekly*/index.md', { url: '/blog/:slug/' })],
  baseUrl: 'https://example.org/feeds/',
  store: memoryStore(),
})
console.log(autodiscoveryTags(Object.values(feeds)))
