import { parseUrl, type UrlParts } from '../text/url.js'
import type { LinkIdentity } from '../types.js'

/** Where the articles of Official Accounts live. */
export const wechatHost = 'mp.weixin.qq.com'
/** Where relative links of its pages start from. */
export const wechatHome = `https://${wechatHost}/`

/** What names an article in its long address, and the names that the parameters have had over the years. */
const identityNames: Readonly<Record<'biz' | 'mid' | 'idx' | 'sn', readonly string[]>> = {
  biz: ['__biz', '_biz', 'biz'],
  mid: ['mid', 'appmsgid'],
  idx: ['idx', 'itemidx'],
  sn: ['sn', 'sign'],
}

/** Parameters of a temporary address (of a preview, of a search engine): all that it needs to work. */
const temporaryNames: readonly string[] = ['__biz', 'tempkey', 'src', 'timestamp', 'ver', 'signature']
const albumNames: readonly string[] = ['__biz', 'action', 'album_id']
/** Parameters of other pages that say what they show. A list of what is kept, since a session can hide under any other name. */
const pageNames: readonly string[] = '__biz mid idx sn action album_id hid cid vid t id announce_id supervoteid voice_id'.split(' ')

/** The page of an article by its long address, since long also under the path that came before. */
const longPaths: ReadonlySet<string> = new Set(['/s', '/mp/appmsg/show'])
/** 22 characters; what follows them is the text that the address was pasted into. */
const shortPath = /^\/s\/([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])/

/** What an address on WeChat's host is. Nothing of its query is given back but what the kind of page needs. */
export function identifyWechat(url: Readonly<Pick<UrlParts, 'pathname' | 'search'>>): LinkIdentity {
  const path = tidyPath(url.pathname)
  const short = shortPath.exec(path)?.[1]
  if (short !== undefined) return { kind: 'wechat', key: `wechat:s/${short}`, url: `https://${wechatHost}/s/${short}` }
  const query = new URLSearchParams(url.search)
  if (longPaths.has(path)) {
    const article = identifyLong(query)
    if (article !== undefined) return article
    if (isTemporary(query)) return describe('wechat-temporary', path, query, temporaryNames)
  }
  if (path === '/mp/wappoc_appmsgcaptcha') {
    // Each such address is longer than the one in it, so this comes to an end.
    const target = parseUrl(query.get('target_url') ?? '')
    const article = target?.hostname === wechatHost ? identifyWechat(target) : undefined
    if (article?.kind === 'wechat') return article
  }
  // The number of an announcement is called like a session, which is longer.
  if (path === '/cgi-bin/announce' && /^\w{1,24}$/.test(query.get('key') ?? ''))
    return describe('wechat-other', path, query, [...pageNames, 'key'])
  if (path === '/mp/appmsgalbum') return describe('wechat-album', path, query, albumNames)
  return describe('wechat-other', path, query, pageNames)
}

function identifyLong(query: URLSearchParams): LinkIdentity | undefined {
  const biz = readBiz(query)
  const mid = /^\d{1,20}/.exec(readFirst(query, identityNames.mid))?.[0]
  const idx = /^\d{1,3}/.exec(readFirst(query, identityNames.idx))?.[0]
  const sn = /^[A-Za-z0-9]{1,64}/.exec(readFirst(query, identityNames.sn))?.[0]
  if (biz === undefined || mid === undefined || idx === undefined) return undefined
  // A preview may name the draft that it shows; only the signature makes it the article.
  if (sn === undefined && isTemporary(query)) return undefined
  const url = `https://${wechatHost}/s?__biz=${biz}&mid=${mid}&idx=${idx}`
  const key = `wechat:${biz}/${mid}/${idx}`
  return { kind: 'wechat', key: sn === undefined ? key : `${key}/${sn}`, url: sn === undefined ? url : `${url}&sn=${sn}` }
}

function isTemporary(query: URLSearchParams): boolean {
  return query.has('tempkey') || (query.has('signature') && query.has('timestamp'))
}

/** The account: the Base64 of a number. Its padding is often lost or encoded twice on the way. */
function readBiz(query: URLSearchParams): string | undefined {
  const digits = /^[A-Za-z0-9]{4,32}/.exec(readFirst(query, identityNames.biz))?.[0]
  return digits === undefined ? undefined : digits.padEnd(Math.ceil(digits.length / 4) * 4, '=')
}

function readFirst(query: URLSearchParams, names: readonly string[]): string {
  for (const name of names) {
    const value = query.get(name)
    if (value !== null && value !== '') return value
  }
  return ''
}

function describe(kind: LinkIdentity['kind'], path: string, query: URLSearchParams, names: readonly string[]): LinkIdentity {
  const pairs: string[] = []
  for (const name of names) {
    const value = name === '__biz' ? readBiz(query) : query.get(name)
    if (value !== null && value !== undefined && value !== '') pairs.push(`${name}=${name === '__biz' ? value : encodeURIComponent(value)}`)
  }
  const url = new URL(`https://${wechatHost}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`).href
  return { kind, key: url, url }
}

/** One slash where there are several, none at the end. */
function tidyPath(path: string): string {
  const tidy = path.replace(/\/+/g, '/')
  return tidy.length > 1 && tidy.endsWith('/') ? tidy.slice(0, -1) : tidy
}
