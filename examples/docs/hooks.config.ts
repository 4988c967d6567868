import { defineConfig, weekly } from 'weekloom'

export default defineConfig({
  site: { title: 'Example Weekly', url: 'https://example.org/' },
  sources: [weekly('content/blog/*weekly*.md', { url: '/blog/:slug/' })],
  feeds: { feed: {}, issues: { of: 'issues' }, articles: { of: 'articles', limit: 100, content: 'summary' } },
  onLink: link => (link.note?.includes('广告') ? null : link),
  onEntry: entry => ({ ...entry, tags: [...entry.tags, entry.kind] }),
})
