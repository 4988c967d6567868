import { checkContent, checkIds } from './check-content.js'
import type { ValueKindName } from './check-values.js'
import { type Findings, quote } from './findings.js'
import type { JsonNode } from './scan-json.js'

type JsonObject = Extract<JsonNode, { kind: 'object' }>

/** What JSON Feed says of one member of an object. */
interface MemberRule {
  kind: JsonNode['kind']
  isRequired?: true
  value?: ValueKindName
  /** What each item of an array must be. */
  each?: Readonly<Record<string, MemberRule>> | 'string'
}

const text: MemberRule = { kind: 'string' }
const url: MemberRule = { kind: 'string', value: 'url' }
const date: MemberRule = { kind: 'string', value: 'rfc3339' }
const language: MemberRule = { kind: 'string', value: 'language' }
const PERSON = { name: text, url, avatar: url }
const authors: MemberRule = { kind: 'array', each: PERSON }
const ATTACHMENT: Readonly<Record<string, MemberRule>> = {
  url: { ...url, isRequired: true },
  mime_type: { kind: 'string', isRequired: true, value: 'mediaType' },
  title: text,
  size_in_bytes: { kind: 'number' },
  duration_in_seconds: { kind: 'number' },
}
const ITEM: Readonly<Record<string, MemberRule>> = {
  id: { kind: 'string', isRequired: true },
  url,
  external_url: url,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  image: url,
  banner_image: url,
  date_published: date,
  date_modified: date,
  author: { kind: 'object' },
  authors,
  tags: { kind: 'array', each: 'string' },
  language,
  attachments: { kind: 'array', each: ATTACHMENT },
}
const FEED: Readonly<Record<string, MemberRule>> = {
  version: { kind: 'string', isRequired: true },
  title: { kind: 'string', isRequired: true },
  home_page_url: url,
  feed_url: url,
  description: text,
  user_comment: text,
  next_url: url,
  icon: url,
  favicon: url,
  author: { kind: 'object' },
  authors,
  language,
  expired: { kind: 'boolean' },
  hubs: { kind: 'array', each: { type: { kind: 'string', isRequired: true }, url: { ...url, isRequired: true } } },
  items: { kind: 'array', isRequired: true },
}

const CURRENT = 'https://jsonfeed.org/version/1.1'
const FORMER = 'https://jsonfeed.org/version/1'

/** Whether a document says that it is a JSON Feed, of whatever version. */
export function isJsonFeed(document: JsonNode): document is JsonObject {
  return document.kind === 'object' && (stringOf(document, 'version')?.includes('jsonfeed.org') === true || document.members.has('items'))
}

/** Checks JSON Feed 1.1; a feed of version 1 by the same rules. */
export function checkJson(feed: JsonObject, findings: Findings): void {
  checkMembers(feed, FEED, 'the feed', findings)
  const version = feed.members.get('version')
  if (version?.kind === 'string' && version.value === FORMER) findings.add('FEED_VERSION_OLD', version.at, 'The feed is JSON Feed 1.')
  else if (version?.kind === 'string' && version.value !== CURRENT)
    findings.add('FEED_VALUE_INVALID', version.at, `version is ${quote(version.value)}, not "${CURRENT}".`)
  const self = stringOf(feed, 'feed_url')
  if (self === undefined) findings.add('FEED_SELF_MISSING', feed.at, 'The feed has no feed_url.')
  else if (self === stringOf(feed, 'next_url')) findings.add('FEED_LINK_INVALID', feed.at, 'next_url is the address of the feed itself.')
  const items = feed.members.get('items')
  const ids: { id: string; at: number }[] = []
  for (const item of items?.kind === 'array' ? items.items : []) {
    if (item.kind !== 'object') {
      findings.add('FEED_VALUE_INVALID', item.at, 'An item is no object.')
      continue
    }
    checkItem(item, findings)
    const id = stringOf(item, 'id')
    if (id !== undefined) ids.push({ id, at: item.at })
  }
  checkIds(ids, findings)
}

function checkItem(item: JsonObject, findings: Findings): void {
  checkMembers(item, ITEM, 'an item', findings)
  const html = item.members.get('content_html')
  if (html === undefined && !item.members.has('content_text'))
    findings.add('FEED_PART_MISSING', item.at, 'An item has neither content_html nor content_text.')
  if (html?.kind === 'string') checkContent(html.value, html.at, findings)
  if (!item.members.has('date_published')) findings.add('FEED_DATE_MISSING', item.at, 'An item has no date_published.')
}

function checkMembers(object: JsonObject, rules: Readonly<Record<string, MemberRule>>, owner: string, findings: Findings): void {
  for (const name of object.repeated) findings.add('FEED_PART_REPEATED', object.at, `${name} stands twice in ${owner}.`)
  for (const [name, value] of object.members) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (rule !== undefined) checkMember(name, value, rule, owner, findings)
    else if (!name.startsWith('_')) findings.add('FEED_PART_UNKNOWN', value.at, `${quote(name)} is no member of ${owner}.`)
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.isRequired && !object.members.has(name)) findings.add('FEED_PART_MISSING', object.at, `There is no ${name} in ${owner}.`)
  }
}

function checkMember(name: string, value: JsonNode, rule: MemberRule, owner: string, findings: Findings): void {
  if (value.kind !== rule.kind) {
    findings.add('FEED_VALUE_INVALID', value.at, `${name} of ${owner} is of kind ${value.kind}, not ${rule.kind}.`)
    return
  }
  if (value.kind === 'string') {
    if (/\p{Surrogate}/u.test(value.value))
      findings.add('FEED_VALUE_INVALID', value.at, `${name} of ${owner} holds half of a character (a lone surrogate).`)
    if (rule.value !== undefined) findings.demand(rule.value, value.value, value.at, `${name} of ${owner}`)
    else if (rule.isRequired && value.value.trim() === '') findings.add('FEED_PART_MISSING', value.at, `${name} of ${owner} is empty.`)
  }
  if (value.kind === 'number' && value.value < 0) findings.add('FEED_VALUE_INVALID', value.at, `${name} of ${owner} is negative.`)
  if (value.kind === 'array' && rule.each !== undefined) for (const item of value.items) checkListed(name, item, rule.each, findings)
}

function checkListed(name: string, item: JsonNode, each: NonNullable<MemberRule['each']>, findings: Findings): void {
  if (each === 'string') {
    if (item.kind !== 'string') findings.add('FEED_VALUE_INVALID', item.at, `One of ${name} is no string.`)
  } else if (item.kind !== 'object') findings.add('FEED_VALUE_INVALID', item.at, `One of ${name} is no object.`)
  else {
    checkMembers(item, each, `one of ${name}`, findings)
    if (each === PERSON && !['name', 'url', 'avatar'].some(key => item.members.has(key))) {
      findings.add('FEED_PART_MISSING', item.at, `One of ${name} has neither name, url nor avatar.`)
    }
  }
}

function stringOf(object: JsonObject, name: string): string | undefined {
  const value = object.members.get(name)
  return value?.kind === 'string' ? value.value : undefined
}
