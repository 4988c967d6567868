import { checkContent, checkIds } from './check-content.js'
import { attributeOf, checkAttributes, checkChildren, checkVersion, childrenOf, idsOf, type PartRules } from './check-parts.js'
import type { Findings } from './findings.js'
import type { XmlElement } from './scan-xml.js'

const ATOM = 'http://www.w3.org/2005/Atom'
const CONTENT = 'http://purl.org/rss/1.0/modules/content/'
const DUBLIN_CORE = 'http://purl.org/dc/elements/1.1/'
const SYNDICATION = 'http://purl.org/rss/1.0/modules/syndication/'

const CHANNEL: PartRules = {
  title: { isRequired: true },
  link: { isRequired: true, value: 'webUrl' },
  description: { isRequired: true, mayBeEmpty: true },
  language: { value: 'language' },
  copyright: {},
  managingEditor: { value: 'rssPerson' },
  webMaster: { value: 'rssPerson' },
  pubDate: { value: 'rfc822' },
  lastBuildDate: { value: 'rfc822' },
  category: { isMany: true },
  generator: {},
  docs: { value: 'url' },
  cloud: {},
  ttl: { value: 'count' },
  image: {},
  rating: {},
  textInput: {},
  skipHours: {},
  skipDays: {},
  item: { isMany: true },
}

const IMAGE: PartRules = {
  url: { isRequired: true, value: 'webUrl' },
  title: { isRequired: true },
  link: { isRequired: true, value: 'webUrl' },
  width: { value: 'count' },
  height: { value: 'count' },
  description: {},
}

const ITEM: PartRules = {
  title: {},
  link: { value: 'url' },
  description: {},
  author: { value: 'rssPerson' },
  category: { isMany: true },
  comments: { value: 'url' },
  enclosure: { isMany: true },
  guid: {},
  pubDate: { value: 'rfc822' },
  source: {},
}

const ENCLOSURE: PartRules = {
  url: { isRequired: true, value: 'webUrl' },
  length: { isRequired: true, value: 'count' },
  type: { isRequired: true, value: 'mediaType' },
}
const SOURCE: PartRules = { url: { isRequired: true, value: 'webUrl' } }
const GUID: PartRules = { isPermaLink: { value: 'truth' } }

/** Checks RSS 2.0 with the rules of its Best Practices Profile; earlier versions by the same, since it holds them. */
export function checkRss(root: XmlElement, findings: Findings): void {
  checkVersion(root, 'The feed is RSS', findings)
  checkChildren(root, { channel: { isRequired: true } }, findings)
  for (const channel of childrenOf(root, 'channel')) checkChannel(channel, findings)
}

function checkChannel(channel: XmlElement, findings: Findings): void {
  checkChildren(channel, CHANNEL, findings)
  for (const image of childrenOf(channel, 'image')) checkChildren(image, IMAGE, findings)
  const self = childrenOf(channel, 'link', ATOM).find(link => attributeOf(link, 'rel') === 'self')
  if (self === undefined) findings.add('FEED_SELF_MISSING', channel.at, '<channel> has no atom:link with rel="self".')
  for (const link of childrenOf(channel, 'link', ATOM)) checkAttributes(link, { href: { isRequired: true, value: 'webUrl' } }, findings)
  for (const period of childrenOf(channel, 'updatePeriod', SYNDICATION))
    findings.demand('period', period.text.trim(), period.at, '<sy:updatePeriod>')
  for (const frequency of childrenOf(channel, 'updateFrequency', SYNDICATION))
    findings.demand('count', frequency.text.trim(), frequency.at, '<sy:updateFrequency>')
  const items = childrenOf(channel, 'item')
  for (const item of items) checkItem(item, findings)
  checkIds(idsOf(items, 'guid'), findings)
}

function checkItem(item: XmlElement, findings: Findings): void {
  checkChildren(item, ITEM, findings)
  const [title] = childrenOf(item, 'title')
  const [description] = childrenOf(item, 'description')
  const [content] = childrenOf(item, 'encoded', CONTENT)
  if (!title?.text.trim() && !description?.text.trim())
    findings.add('FEED_PART_MISSING', item.at, '<item> has neither a title nor a description.')
  checkGuid(item, findings)
  const dates = childrenOf(item, 'date', DUBLIN_CORE)
  for (const date of dates) findings.demand('w3cDate', date.text.trim(), date.at, '<dc:date>')
  if (dates.length === 0 && childrenOf(item, 'pubDate').length === 0) findings.add('FEED_DATE_MISSING', item.at, '<item> has no <pubDate>.')
  const enclosures = childrenOf(item, 'enclosure')
  for (const enclosure of enclosures) checkAttributes(enclosure, ENCLOSURE, findings)
  if (enclosures[1] !== undefined) findings.add('FEED_ENCLOSURE_REPEATED', enclosures[1].at, '<item> has more than one <enclosure>.')
  for (const source of childrenOf(item, 'source')) checkAttributes(source, SOURCE, findings)
  if (content !== undefined && (description === undefined || description.at > content.at)) {
    findings.add('FEED_PART_MISPLACED', content.at, 'No <description> stands before <content:encoded>.')
  }
  for (const html of [description, content]) if (html !== undefined) checkContent(html.text, html.at, findings)
}

function checkGuid(item: XmlElement, findings: Findings): void {
  const [guid] = childrenOf(item, 'guid')
  if (guid === undefined) {
    findings.add('FEED_ID_MISSING', item.at, '<item> has no <guid>.')
    return
  }
  checkAttributes(guid, GUID, findings)
  const id = guid.text.trim()
  if (id === '') findings.add('FEED_ID_MISSING', guid.at, '<guid> is empty.')
  else if (attributeOf(guid, 'isPermaLink') !== 'false' && !/^https?:/i.test(id)) {
    findings.add('FEED_ID_INVALID', guid.at, '<guid> counts as a permalink, and is no address.')
  }
}
