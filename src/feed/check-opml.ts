import { attributeOf, checkAttributes, checkChildren, checkVersion, childrenOf, type PartRules } from './check-parts.js'
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
  checkVersion(root, 'The list is OPML', findings)
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
