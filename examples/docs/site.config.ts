import { defineConfig, weekly } from 'weekloom'

export default defineConfig({
  site: { title: 'Example Weekly', url: 'https://example.org/', language: 'zh-CN', timeZone: 'Asia/Shanghai' },
  sources: [weekly('content/blog/*weekly*/index.md', { url: post => `/blog/${post.slug}/` })],
  output: 'public/feeds',
})
