import { defineConfig, weekly } from 'weekloom'

export default defineConfig({
  site: {
    title: 'Loom Weekly',
    url: 'https://www.loomstack.example/',
    description: '织机社区每周精选：问答、发布与推荐阅读',
    language: 'zh-CN',
    timeZone: 'Asia/Shanghai',
  },
  sources: [
    weekly('../../fixtures/weekly/content/zh/blog/*weekly*/index.md', {
      url: post => `/blog/${post.slug}/`,
      site: '../../fixtures/weekly/content/zh/blog/*/index.md',
    }),
  ],
  feeds: {
    feed: {},
    issues: { of: 'issues' },
    articles: { of: 'articles' },
    accounts: { per: 'account' },
  },
  calendar: 'events.ics',
  output: '../../demo/public/feeds',
  store: '../../demo/.weekloom',
  // The pages are played by a server on this machine; a build of your own leaves this out and asks WeChat itself.
  hosts: { 'mp.weixin.qq.com': process.env['WEEKLOOM_DEMO_PAGES'] ?? 'http://127.0.0.1:8080' },
  fullText: ['织机社区'],
})
