import { decodeEntities } from '../text/html.js'
import { resolveUrl } from '../text/url.js'
import { decodeHtml } from './decode-html.js'
import { isListing } from './same-address.js'

/** What browsers and their extensions write into a page that they save. */
const savedFrom: readonly RegExp[] = [
  /<!-- saved from url=\(\d{1,6}\)(https?:[^\s>]{1,4000}) -->/,
  /Page saved with SingleFile\s{1,5}url:\s{1,5}(https?:\S{1,4000})/,
]
/** What pages say of themselves, their attributes in any order. */
const ownAddress: readonly RegExp[] = [
  /<meta(?=[^<>]{0,5000}\sproperty=["']og:url["'])[^<>]{0,500}?\scontent=["'](https?:[^"'<>]{1,4000})/,
  /<link(?=[^<>]{0,5000}\srel=["']?canonical\b)[^<>]{0,500}?\shref=["'](https?:[^"'<>]{1,4000})/,
]

const window = 100_000

/** The address of a page that lies on a disk, where the page states it in its first 100,000 bytes. */
export function statedAddress(body: string | Uint8Array): string | undefined {
  const head = decodeHtml(body.slice(0, window))
  const read = (pattern: RegExp) => resolveUrl(decodeEntities(pattern.exec(head)?.[1] ?? ''))
  const isPage = (address: string | undefined) => address !== undefined && !isListing(new URL(address))
  return savedFrom.map(read).find(Boolean) ?? ownAddress.map(read).find(isPage)
}

/** What stands near the top of WeChat's own pages, and of no page that only links or quotes an article. */
const wechatSign = /<(?:script|link)\s[^>]{0,300}\bres\.wx\.qq\.com\/|window\.cgiDataNew\s|\bPAGE_MID\s{0,5}=/

/** Whether a page that lies on a disk and does not state its address is one of WeChat, by its first 100,000 bytes. */
export function isWechatPage(body: string | Uint8Array): boolean {
  return wechatSign.test(decodeHtml(body.slice(0, window)))
}

/** Whether it is a mail with a page and its pictures in it (MHTML), as browsers save a page in a single file. */
export function isMail(body: string | Uint8Array): boolean {
  return /^[\w-]{1,40}:[\s\S]{0,4000}\nMIME-Version:/i.test(decodeHtml(body.slice(0, 5_000)))
}
