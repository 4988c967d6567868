export { fromRssParser, type RssParserFeed } from './feed/from-rss-parser.js'
