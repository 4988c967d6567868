import { assertInput } from '../text/assert-input.js'
import { cleanText, copyString } from '../text/plain.js'
import { maxUrlLength, parseUrl, resolveUrl, splitTidyUrl } from '../text/url.js'
import type { LinkIdentity } from '../types.js'
import { clickTarget } from './click-through.js'
import { isDroppedFragment, isDroppedParameter } from './tracking.js'
import { identifyWechat, wechatHost } from './wechat-link.js'

/**
 * What an address is, without asking for it. Never throws for a text, whatever it is; a `WeekloomError` for anything else. The `url` that it gives is identified as the same thing, with the same `url` and `key`.
 *
 * - `wechat`: an article of an Official Account. The long form (parameters in any order, under their older names, `&amp;` once or twice, http or https) has the key
 *   `wechat:<biz>/<mid>/<idx>`, with `/<sn>` when it states one; the short form `wechat:s/<22 characters>`. An article needs biz, mid and idx: without, it is `wechat-other`.
 * - `wechat-temporary`: a preview or a search engine's link, which will expire. `wechat-album`: a collection. `wechat-other`: any other page of that host.
 *   The address of a captcha is the article that it stands before, where it names one.
 * - `other`: any http(s) address. Its `url` is as the WHATWG URL standard writes it, without credentials, tracking and session parameters; its key is that under
 *   https and without a slash at the end of the path, since both make no difference to a reader. An address that only counts the click on its way to another
 *   (`…/click?target=https%3A…`) is that other one.
 * - `invalid`: anything else, also what is too long; `key` and `url` are the text up to its query, or empty.
 *
 * Neither `key` nor `url` ever holds what belongs to somebody's session (`key`, `uin`, `pass_ticket`, `exportkey` …), nor keeps the page alive that the address was cut from.
 */
export function identifyLink(url: string): LinkIdentity {
  assertInput(typeof url === 'string', 'The address', url, 'a text')
  const known = recent.get(url)
  if (known !== undefined) return { ...known }
  const own = copyString(url)
  const identity = identify(own)
  if (own.length > longestRemembered) return identity
  if (recent.size >= mostRemembered) recent.clear()
  recent.set(own, identity)
  return { ...identity }
}

/** The last answers are kept: reading a weekly asks for each of its links four times, and the next weekly has many of the same links. */
const recent = new Map<string, LinkIdentity>()
const mostRemembered = 2000
const longestRemembered = 1000

function identify(url: string): LinkIdentity {
  const address = unescapeAmpersands(url)
  const tidy = splitTidyUrl(address)
  if (tidy?.hostname === wechatHost) return identifyWechat(tidy)
  // nothing to drop, nothing to pass on to
  if (tidy && !/[?#]/.test(address)) return { kind: 'other', key: keyOf(address), url: address }
  let parsed = parseWeb(address)
  if (parsed === undefined) return describeInvalid(url)
  // each such address is longer than the one in it, so this comes to an end
  for (let target: URL | undefined = parsed; target; target = passOn(parsed)) parsed = target
  return isWechat(parsed) ? identifyWechat(parsed) : identifyOther(parsed)
}

/** The key of an address that is written as the URL standard has it, whose path ends before `pathEnd`. */
function keyOf(url: string, pathEnd = url.length): string {
  const scheme = url.indexOf(':')
  const pathStart = url.indexOf('/', scheme + 3)
  const hasSlash = url.charCodeAt(pathEnd - 1) === 0x2f && pathEnd > pathStart + 1
  // the port of https, written after http, is none
  const host = url.slice(scheme, pathStart).replace(/:443$/, '')
  const key = `https${host}${url.slice(pathStart, hasSlash ? pathEnd - 1 : pathEnd)}${url.slice(pathEnd)}`
  // RFC 3986 section 6.2.2.1: `%e4` and `%E4` are the same
  return key.includes('%') ? key.replace(/%[0-9a-f]{2}/gi, triplet => triplet.toUpperCase()) : key
}

function passOn(url: URL): URL | undefined {
  const target = isWechat(url) ? undefined : clickTarget(url)
  return target === undefined ? undefined : parseWeb(unescapeAmpersands(target))
}

function parseWeb(url: string): URL | undefined {
  const parsed = parseUrl(url)
  if (parsed === undefined || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return undefined
  // Each of these makes the whole address anew.
  if (parsed.username !== '') parsed.username = ''
  if (parsed.password !== '') parsed.password = ''
  const hostname = trimDots(parsed.hostname)
  if (hostname !== parsed.hostname) parsed.hostname = hostname
  return parsed
}

/**
 * The part of a key that names the article, without WeChat's check value `sn`: two keys name one article if and only if this is equal. Never throws for a text; a
 * `WeekloomError` for anything else.
 */
export function identityOf(key: string): string {
  assertInput(typeof key === 'string', 'The key', key, 'a text')
  if (!key.startsWith('wechat:')) return key
  const mid = key.indexOf('/')
  const idx = mid < 0 ? mid : key.indexOf('/', mid + 1)
  const sn = idx < 0 ? idx : key.indexOf('/', idx + 1)
  return sn < 0 ? key : key.slice(0, sn)
}

/** `&amp;`, also escaped over and over: no address has it on purpose. */
function unescapeAmpersands(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:amp;|#38;|#x26;)+/gi, '&')
}

/** A host may be written with the dot of the root behind it. */
function trimDots(host: string): string {
  let end = host.length
  while (end > 1 && host.charAt(end - 1) === '.') end--
  return host.slice(0, end)
}

/** A port of the other scheme is a slip; any other port is another server. */
function isWechat(url: URL): boolean {
  return url.hostname === wechatHost && (url.port === '' || url.port === '80' || url.port === '443')
}

function identifyOther(url: URL): LinkIdentity {
  // each of these makes the whole address anew
  const query = keepParameters(url)
  if (query !== url.search || (query === '' && url.href.includes('?'))) url.search = query
  if (url.href.includes('#') && isDroppedFragment(url.hash)) url.hash = ''
  const address = url.href
  const behind = address.search(/[?#]/)
  return { kind: 'other', key: keyOf(address, behind < 0 ? address.length : behind), url: address }
}

/** The query without what is to be dropped; the rest stays as written, in its order. */
function keepParameters(url: URL): string {
  const pairs = url.search.slice(1).split('&')
  const query = pairs.filter(pair => !isDroppedParameter(pair.split('=', 1)[0] ?? '', url)).join('&')
  return query === '' ? '' : `?${query}`
}

/** What an address that is none begins with, up to where a session could stand; nothing when it holds credentials, or would be an address by itself, since it was not meant. */
function describeInvalid(text: string): LinkIdentity {
  const [start = ''] = cleanText(text.slice(0, maxUrlLength)).trim().split(/[?#&]/, 1)
  const address = start.trim()
  const url = /\/\/[^/]*@/.test(address) || resolveUrl(address) !== undefined ? '' : address
  return { kind: 'invalid', key: url, url }
}
