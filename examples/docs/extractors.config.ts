import { articles, defineConfig } from 'weekloom'
import { wiki } from './own-extractor.js'

export default defineConfig({
  site: { title: 'Example', url: 'https://example.org/' },
  sources: [articles(['https://wiki.example/raft', 'saved/*.html'])],
  extractors: [wiki],
})
