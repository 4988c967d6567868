import { identifyLink } from '../links/identify-link.js'
import { invisible, mendUrl } from '../links/mend-url.js'
import { cutText, toPlain } from '../text/plain.js'
import { resolveUrl } from '../text/url.js'
import type { LinkIdentity } from '../types.js'
import type { Row } from './rows.js'

/** Where a link leads, after mending and without anything of anybody's session. */
export interface Target {
  /** Absent when it leads nowhere on the web: mail, telephone, an anchor, an app, a relative one without a base. */
  identity?: LinkIdentity
  /** What is wrong with the address as written. */
  problem?: { code: 'LINK_MENDED' | 'LINK_INVALID'; message: string }
}

/** Schemes of addresses that are no part of the web; nobody mistyped anything. */
const otherSchemes =
  /^(?:mailto|tel|sms|data|javascript|vbscript|file|ftp|about|blob|weixin|dingtalk|alipays?|magnet|thunder|ed2k|itms-[a-z]+|vscode):/i

/** An address that cannot have been mistyped: by far the most are, and need no second look. */
const plainAddress = /^https?:\/\/[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?(?:\/[\w.~/@!$&*+,;=:%?#-]{0,4000})?$/i
const doubtful = /(?:https?:|&amp;|%e)|[^\w/=~-]$/i

/** Whether nothing in an address can have been mistyped. */
export function isPlainAddress(href: string): boolean {
  return plainAddress.test(href) && !doubtful.test(href.slice(8))
}

/** Whether an address holds characters that nobody sees. */
export function holdsUnseen(href: string): boolean {
  return href.search(invisible) >= 0
}

/**
 * Reads the address of a link as written in the post.
 * @param base the post's own address, for relative ones
 */
export function targetOf(href: string, base: string | undefined): Target {
  const written = href.trim()
  if (written === '' || /^[#?]/.test(written) || otherSchemes.test(written)) return {}
  const plain = isPlainAddress(written) ? identifyLink(written) : undefined
  if (plain && plain.kind !== 'invalid') return { identity: plain }
  const mended = mendUrl(written)
  if (mended) {
    if (mended.url.startsWith('mailto:')) return {}
    const identity = identifyLink(mended.url)
    if (identity.kind === 'invalid' || !mended.mended) return identity.kind === 'invalid' ? {} : { identity }
    return { identity, problem: { code: 'LINK_MENDED', message: describeMending(written, identity.url) } }
  }
  if (/^[a-z][a-z0-9+.-]{0,30}:|[:：]\/\//i.test(written)) {
    return { problem: { code: 'LINK_INVALID', message: `${quote(written)} is no address that can be followed.` } }
  }
  const url = base === undefined ? undefined : resolveUrl(written, base)
  return url === undefined ? {} : { identity: identifyLink(url) }
}

/** The first address of a line that is wanted, among those that need no base. */
export function addressIn({ pieces }: Row, isWanted: (link: LinkIdentity) => boolean = () => true): string | undefined {
  for (const piece of pieces) {
    const identity = piece.type === 'link' ? targetOf(piece.href, undefined).identity : undefined
    if (identity && isWanted(identity)) return identity.url
  }
  return undefined
}

/** What is written and what was made of it; of long addresses the part where they differ. */
function describeMending(written: string, url: string): string {
  let same = 0
  while (same < written.length && written[same] === url[same]) same++
  const from = same < 100 ? 0 : same - 40
  const [before, after] = [written, url].map(address => quote(address, from))
  return before === after ? `The address ${before} was mended behind its path.` : `The address ${before} was read as ${after}.`
}

/** Cut before the query: what stands there may belong to somebody's session. */
function quote(address: string, from = 0): string {
  const path = address.slice(0, 4000).replace(/[?#][\s\S]*$/, '')
  const shown = path.slice(from, from + 400).replace(invisible, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `"${from > 0 ? '…' : ''}${cutText(toPlain(shown), 120)}"`
}

/**
 * The same for addresses of WeChat that stand in a text or in HTML: whoever copied one from the app copied a session along.
 * @param write how an address is written there
 */
export function withoutSessions(text: string, write: (url: string) => string = url => url): string {
  if (!text.includes('mp.weixin.qq.com/')) return text
  return text.replace(/https?:\/\/mp\.weixin\.qq\.com\/[!#-&(-;=?-~]{1,4000}/gi, written => {
    const tail = /[).,;!?\]*_]{1,20}$/.exec(written)?.[0] ?? ''
    const { kind, url } = identifyLink(written.slice(0, written.length - tail.length).replace(/&(?:amp;){1,3}/g, '&'))
    return kind.startsWith('wechat') ? write(url) + tail : written
  })
}
