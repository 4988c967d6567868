import { checkContent, checkIds } from './check-content.js'
import { attributeOf, checkAttributes, checkChildren, childrenOf, idsOf, type PartRules } from './check-parts.js'
import type { Findings } from './findings.js'
import type { XmlElement } from './scan-xml.js'

const XHTML = 'http://www.w3.org/1999/xhtml'

const META: PartRules = {
  author: { isMany: true },
  category: { isMany: true },
  contributor: { isMany: true },
  id: { isRequired: true, value: 'id' },
  link: { isMany: true },
  rights: {},
  title: { isRequired: true, mayBeEmpty: true },
  updated: { isRequired: true, value: 'rfc3339' },
}
const FEED: PartRules = {
  ...META,
  entry: { isMany: true },
  generator: {},
  icon: { value: 'reference' },
  logo: { value: 'reference' },
  subtitle: {},
}
const ENTRY: PartRules = { ...META, content: {}, published: { value: 'rfc3339' }, source: {}, summary: {} }
/** A source says what is known of a feed, so nothing is demanded of it. */
const SOURCE: PartRules = { ...FEED, id: { value: 'id' }, title: {}, updated: { value: 'rfc3339' } }
const PERSON: PartRules = { name: { isRequired: true }, uri: { value: 'reference' }, email: { value: 'email' } }
const LINK: PartRules = {
  href: { isRequired: true, value: 'reference' },
  type: { value: 'mediaType' },
  hreflang: { value: 'language' },
  length: { value: 'count' },
}
const CATEGORY: PartRules = { term: { isRequired: true }, scheme: { value: 'url' } }
const TEXTS = ['title', 'subtitle', 'summary', 'rights']

/** Checks Atom 1.0 by RFC 4287. */
export function checkAtom(feed: XmlElement, findings: Findings): void {
  checkChildren(feed, FEED, findings)
  checkMeta(feed, findings)
  const self = childrenOf(feed, 'link').find(link => attributeOf(link, 'rel') === 'self')
  if (self === undefined) findings.add('FEED_SELF_MISSING', feed.at, '<feed> has no <link rel="self">.')
  const isSigned = childrenOf(feed, 'author').length > 0
  const entries = childrenOf(feed, 'entry')
  for (const entry of entries) checkEntry(entry, isSigned, findings)
  checkIds(idsOf(entries, 'id'), findings)
}

function checkMeta(element: XmlElement, findings: Findings): void {
  for (const link of childrenOf(element, 'link')) checkAttributes(link, LINK, findings)
  for (const category of childrenOf(element, 'category')) checkAttributes(category, CATEGORY, findings)
  for (const role of ['author', 'contributor']) for (const person of childrenOf(element, role)) checkChildren(person, PERSON, findings)
  for (const name of TEXTS) for (const text of childrenOf(element, name)) checkText(text, findings)
  checkAlternates(element, findings)
}

function checkText(text: XmlElement, findings: Findings): void {
  checkAttributes(text, { type: { value: 'textType' } }, findings)
  checkXhtml(text, findings)
}

function checkXhtml(text: XmlElement, findings: Findings): void {
  if (attributeOf(text, 'type') !== 'xhtml' || childrenOf(text, 'div', XHTML).length === 1) return
  findings.add('FEED_VALUE_INVALID', text.at, `<${text.name}> of type xhtml holds no single <div> of XHTML.`)
}

function alternatesOf(element: XmlElement): XmlElement[] {
  return childrenOf(element, 'link').filter(link => (attributeOf(link, 'rel') ?? 'alternate') === 'alternate')
}

/** Two alternates of one type and language leave a reader to guess. */
function checkAlternates(element: XmlElement, findings: Findings): void {
  const seen = new Set<string>()
  for (const link of alternatesOf(element)) {
    const key = `${attributeOf(link, 'type') ?? ''} ${attributeOf(link, 'hreflang') ?? ''}`
    if (seen.has(key)) findings.add('FEED_PART_REPEATED', link.at, `<${element.name}> has two alternate links of one type and language.`)
    seen.add(key)
  }
}

function checkEntry(entry: XmlElement, isSigned: boolean, findings: Findings): void {
  checkChildren(entry, ENTRY, findings)
  checkMeta(entry, findings)
  const [source] = childrenOf(entry, 'source')
  if (source !== undefined) {
    checkChildren(source, SOURCE, findings)
    checkMeta(source, findings)
  }
  const hasAuthor = [entry, source].some(element => element !== undefined && childrenOf(element, 'author').length > 0)
  if (!hasAuthor && !isSigned) findings.add('FEED_AUTHOR_MISSING', entry.at, 'Neither <entry> nor <feed> has an <author>.')
  const [content] = childrenOf(entry, 'content')
  if (content === undefined && alternatesOf(entry).length === 0)
    findings.add('FEED_PART_MISSING', entry.at, '<entry> has neither <content> nor an alternate link.')
  if (content !== undefined) checkBody(entry, content, findings)
  for (const summary of childrenOf(entry, 'summary'))
    if (attributeOf(summary, 'type') === 'html') checkContent(summary.text, summary.at, findings)
}

function checkBody(entry: XmlElement, content: XmlElement, findings: Findings): void {
  const type = attributeOf(content, 'type') ?? 'text'
  if (type === 'html') checkContent(content.text, content.at, findings)
  checkXhtml(content, findings)
  if (attributeOf(content, 'src') !== undefined) {
    checkAttributes(content, { src: { value: 'reference' }, type: { value: 'mediaType' } }, findings)
    if (childrenOf(entry, 'summary').length === 0)
      findings.add('FEED_PART_MISSING', entry.at, '<entry> has its content elsewhere, and no <summary>.')
  }
}
