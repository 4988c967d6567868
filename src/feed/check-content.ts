import { type Findings, quote } from './findings.js'

/** Text and code that show HTML hold it escaped, and no tag. */
const TAG = /<[a-z][^<>]{0,4000}/gi
const ATTRIBUTE = /\s([^\s"'<>/=]{1,100})\s?=\s?(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'<>]{1,2000}))/g
const ABSOLUTE = /^(?:[a-z][a-z\d+.-]{0,30}:|\/\/|#)/i
const UNSAFE = /<(script|style|iframe|object|embed|form|meta|base)[\s/>]/i

/** Checks HTML that readers are to show: one finding of each kind is enough for an item. */
export function checkContent(html: string, at: number, findings: Findings): void {
  const [, element] = UNSAFE.exec(html) ?? []
  if (element !== undefined) findings.add('FEED_CONTENT_UNSAFE', at, `The content has a <${element.toLowerCase()}>.`)
  for (const [tag] of html.matchAll(TAG)) {
    for (const [, name = '', double, single, bare] of tag.matchAll(ATTRIBUTE)) {
      const address = double ?? single ?? bare ?? ''
      if (!/^(?:href|src)$/i.test(name) || address === '' || ABSOLUTE.test(address.trim())) continue
      findings.add('FEED_CONTENT_RELATIVE', at, `The content has the relative address ${quote(address)}.`)
      return
    }
  }
}

/** Tells of ids that stand twice. */
export function checkIds(ids: readonly { id: string; at: number }[], findings: Findings): void {
  const seen = new Set<string>()
  for (const { id, at } of ids) {
    if (seen.has(id)) findings.add('FEED_ID_REPEATED', at, `The id ${quote(id)} has stood before.`)
    seen.add(id)
  }
}
