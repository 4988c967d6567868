import type { Attachment } from '../types.js'
import type { WritableInfo } from './writable-info.js'
import { escapeXmlAttribute } from './xml-text.js'

/** A link of Atom; `tag` is what it is called in the document. */
export function linkTag(tag: string, rel: string, href: string | undefined, more = ''): string {
  return href === undefined ? '' : `<${tag} rel="${rel}"${more} href="${escapeXmlAttribute(href)}"/>\n`
}

/** What leads on from a feed: to its hubs, its next page, its archives. */
export function linksOnward(tag: string, { hubs, next, archive }: WritableInfo): string {
  let text = ''
  for (const hub of hubs) text += linkTag(tag, 'hub', hub)
  text += linkTag(tag, 'next', next) + linkTag(tag, 'prev-archive', archive.previous) + linkTag(tag, 'next-archive', archive.next)
  return archive.current === undefined ? text : `${text}${linkTag(tag, 'current', archive.current)}<fh:archive/>\n`
}

/** A picture by Media RSS. */
export function pictureTags({ url, type }: Attachment): string {
  const address = escapeXmlAttribute(url)
  const typed = type === undefined ? '' : ` type="${type}"`
  return `<media:content url="${address}"${typed} medium="image"/>\n<media:thumbnail url="${address}"/>\n`
}
