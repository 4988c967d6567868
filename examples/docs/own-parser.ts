import RssParser from 'rss-parser'
import { feeds } from 'weekloom'

const parser = new RssParser({ customFields: { item: [['dc:modified', 'updated']] } })
feeds(['https://example.org/feed.xml'], { parser, limit: 20, include: { title: 'release' } })
