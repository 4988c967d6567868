import { attributeOf, checkAttributes, checkChildren, childrenOf, type PartRules } from './check-parts.js'
import type { Findings } from './findings.js'
import type { XmlElement } from './scan-xml.js'

const HEAD: PartRules = {
  title: {},
  dateCreated: { value: 'rfc822' },
  dateModified: { value: 'rfc822' },
  ownerName: {},
  ownerEmail: { value: 'email' },
  ownerId: { value: 'url' },
  docs: { value: 'url' },
  expansionState: {},
  vertScrollState: { value: 'count' },
  windowTop: {},
  windowLeft: {},
  windowBottom: {},
  windowRight: {},
}
const OUTLINE: PartRules = { text: { isRequired: true } }
const SUBSCRIPTION: PartRules = {
  xmlUrl: { isRequired: true, value: 'webUrl' },
  htmlUrl: { value: 'webUrl' },
  language: { value: 'language' },
}

/** Checks OPML 2.0, as a list of subscriptions where it is one. */
export function checkOpml(root: XmlElement, findings: Findings): void {
  const version = attributeOf(root, 'version')
  if (version === undefined) findings.add('FEED_PART_MISSING', root.at, '<opml> has no version.')
  else if (version !== '2.0') findings.add('FEED_VERSION_OLD', root.at, `The list is OPML ${version.slice(0, 20)}.`)
  checkChildren(root, { head: { isRequired: true, mayBeEmpty: true }, body: { isRequired: true } }, findings)
  for (const head of childrenOf(root, 'head')) checkChildren(head, HEAD, findings)
  const open = childrenOf(root, 'body').flatMap(body => childrenOf(body, 'outline'))
  for (let outline = open.pop(); outline !== undefined; outline = open.pop()) {
    checkAttributes(outline, OUTLINE, findings)
    if (attributeOf(outline, 'type') === 'rss' || attributeOf(outline, 'xmlUrl') !== undefined)
      checkAttributes(outline, SUBSCRIPTION, findings)
    for (const inner of childrenOf(outline, 'outline')) open.push(inner)
  }
}
