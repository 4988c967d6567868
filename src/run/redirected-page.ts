import { identifyLink } from '../links/identify-link.js'
import { isNumbered } from '../text/url.js'
import { wordSet } from '../text/word-set.js'
import type { Article } from '../types.js'

/** The way to a page. */
export interface Way {
  /** The address that was asked for. */
  asked: string
  /** Where permanent redirects alone have led to. */
  permanentUrl?: string | undefined
  /** The address that answered. */
  finalUrl: string
}

/** Hosts whose addresses only stand for others, whatever the status that they answer with. */
const shorteners = wordSet(
  `t.co bit.ly j.mp tinyurl.com goo.gl is.gd v.gd ow.ly buff.ly lnkd.in youtu.be git.io dlvr.it ift.tt fb.me amzn.to aka.ms rb.gy cutt.ly t.ly wp.me flip.it dub.sh shorturl.at reurl.cc
  t.cn url.cn w.url.cn dwz.cn suo.im suo.nz mrw.so b23.tv v.douyin.com u.jd.com m.tb.cn 3.cn xhslink.com z.cn sourl.cn doi.org dx.doi.org hdl.handle.net purl.org w3id.org go.microsoft.com`,
)

/** Last parts of paths to which sites send whoever may not or cannot see a page. */
const doors = /(?:\/(?:log-?in|sign-?in|captcha|consent|maintenance|not-?found)|^\/(?:errors?\/)?(?:4\d\d|50\d))(?:\.[a-z]{2,5})?\/?$/i

/** Hosts of those doors. */
const doorHosts = /^(?:consent|login|passport|sso|accounts?)\./i

/** Paths of front pages, of the whole site or of a language. */
const front = /^\/(?:(?:index|default|home)(?:\.[a-z]{2,5})?|[a-z]{2}(?:[-_][a-z]{2,4})?)?\/?$/i

/** Whether the way led past the page: to the front page of a site, or at a door of it. */
export function isLedAway(way: Way): boolean {
  const [from, to] = [new URL(way.asked), new URL(way.finalUrl)]
  if (isShortener(from)) return false
  if (to.pathname === '/' && !isNumbered(to.search)) {
    // What a page of another site has become, for good, is a site of its own.
    const isMove = isProved(way) && siteOf(from) !== siteOf(to)
    return !isMove && (!front.test(from.pathname) || isNumbered(from.search))
  }
  const isDoor = ({ hostname, pathname }: URL) => doors.test(pathname) || doorHosts.test(hostname)
  return !isProved(way) && isDoor(to) && !isDoor(from)
}

/**
 * The article as what its address proves it to be. A temporary redirect proves nothing (RFC 9110, 15.4.3): two pages can be sent to the same third one for a while, so each stays under
 * the address that it was asked for, or that permanent redirects led to, whatever the page says of its own address.
 */
export function asProved(article: Article, way: Way): Article {
  return isProved(way) ? article : standFor(article, way.permanentUrl ?? way.asked, [identifyLink(way.asked).key])
}

/** The article under an address and no more names than are given. */
export function standFor({ aliases: _, ...article }: Article, address: string, names: readonly string[]): Article {
  const { key, url } = identifyLink(address)
  const aliases = names.filter(name => name !== key)
  return { ...article, key, url, ...(aliases.length > 0 ? { aliases } : {}) }
}

/** Whether redirects left the address what it was, but for what no reader sees as another page, or were those of a shortener. */
function isProved({ asked, permanentUrl = asked, finalUrl }: Way): boolean {
  const [from, to] = [new URL(permanentUrl), new URL(finalUrl)]
  return isShortener(from) || (placeOf(from) === placeOf(to) && `${to.search}&`.startsWith(from.search === '' ? '' : `${from.search}&`))
}

function isShortener({ hostname }: URL): boolean {
  return shorteners.has(hostname)
}

/** The name of a site without what stands before it: `example.org` of `blog.example.org`. */
function siteOf({ hostname }: URL): string {
  const parts = hostname.split('.')
  return parts.slice(/^(?:com?|net|org|edu|gov|ac)$/.test(parts.at(-2) ?? '') ? -3 : -2).join('.')
}

function placeOf({ hostname, pathname }: URL): string {
  return hostname.replace(/^(?:www|m)\./, '') + pathname.replace(/\/$/, '')
}
