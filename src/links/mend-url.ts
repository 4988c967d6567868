import { cleanText } from '../text/plain.js'
import { maxUrlLength, parseUrl } from '../text/url.js'

/** Characters that take no room and come along when an address is copied. */
export const invisible = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g
/** What stands around an address in a text, not in it. */
const openings: ReadonlySet<string> = new Set('<《（(「『【[“‘"\'`*')
const closings: ReadonlySet<string> = new Set('>》）」』】”’"\'`*<，。；：、！？…,;|')
/** Scheme names that are http with letters doubled, lost or swapped, and what stands behind them as an input method may write it. */
const scheme = /^(?:h{0,3}t{1,3}h?p{1,3}t?(s{0,3})|h{1,3}t{1,3}(s{0,3}))p?[:：;；]\s?[/／\\]{1,4}\s?/i
const schemeWithoutColon = /^http(s?)[/／]{2}/i
/** Names of hosts that are written without a scheme. Files such as `README.md` must not be among them. */
const bareHost = /^(?:www\.[\w-]+\.|[\w-]+\.(?:[\w-]+\.)*(?:com|cn|org|net|io|dev|tech|ai|me)(?=[/:?#]|$))/i
const mail = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/
/** Full-width punctuation, as written or percent-encoded. */
const punctuation =
  /[，。；：、！？…（）《》「」『』【】“”‘’]|%E3%80%8[0-29A-F]|%E3%80%9[01]|%EF%BC%8[189C]|%EF%BC%9[ABF]|%E2%80%9[89CD]|%E2%80%A6/gi

/**
 * Makes an address of what somebody typed: `hhttps://`, `ttps://`, `https：//`, `https:/x`, `http://https://x`, `https:// x`, `&amp;amp;`, brackets and
 * Chinese punctuation around it, text glued to it (`https://example.org/a，详见`), `www.example.org/a` without a scheme, a bare mail address.
 * Credentials are dropped. `mended` is true when a slip was corrected that its author should know of, not for spaces, `<…>`, invisible characters or a single `&amp;`.
 *
 * Absent when no http(s) or mail address can be made of it without guessing: relative ones (`/blog/x/`, `#a`; see `resolveUrl`), other schemes, no address at all.
 */
export function mendUrl(text: string): { url: string; mended: boolean } | undefined {
  if (text.length > maxUrlLength) return undefined
  const written = stripInvisible(text)
  const address = mendAddress(written)
  if (address === undefined) return undefined
  const url = parseUrl(address)
  if (url === undefined || (url.protocol !== 'mailto:' && noHosts.has(url.hostname))) return undefined
  url.username = ''
  url.password = ''
  return { url: url.href, mended: address !== tidy(written) }
}

/** What is left of an address of which only the scheme was written. */
const noHosts: ReadonlySet<string> = new Set(['', 'http', 'https'])

/** The address in the way of writing that this room uses: no slip, only another spelling. */
function tidy(written: string): string {
  return written
    .replaceAll('&amp;', '&')
    .replace(/^https?(?=:\/\/)/i, name => name.toLowerCase())
    .replace(/^(?=\/\/)/, 'https:')
}

function stripInvisible(text: string): string {
  const bare = cleanText(text).replace(invisible, '').trim()
  return bare.startsWith('<') && bare.endsWith('>') ? bare.slice(1, -1).trim() : bare
}

function mendAddress(written: string): string | undefined {
  const start = findStart(written)
  if (start === undefined) return undefined
  const inner = trimBrackets(written.slice(start).replace(/&(?:amp;)+/g, '&'))
  if (mail.test(inner)) return `mailto:${inner}`
  if (/^mailto:/i.test(inner)) return inner
  const withScheme = mendScheme(inner)
  return withScheme === undefined ? undefined : cutGluedText(withScheme)
}

/** Skips brackets, and a label that was pasted along (`示例：https://…`). */
function findStart(text: string): number | undefined {
  let start = 0
  while (start < text.length && (openings.has(text.charAt(start)) || text.charAt(start) === ' ')) start++
  if (start === text.length) return undefined
  const label = /^[^/?#&=]{1,40}[:：\s](?=https?:\/\/)/i.exec(text.slice(start))
  return label === null || scheme.test(text.slice(start)) ? start : start + label[0].length
}

function trimBrackets(text: string): string {
  let end = text.length
  while (end > 0) {
    const last = text.charAt(end - 1)
    const isLoose = closings.has(last) || last === ' ' || ((last === ')' || last === ']') && !isBalanced(text, end))
    if (!isLoose) break
    end--
  }
  return text.slice(0, end)
}

/** Whether a bracket at the end was opened within the address. Looks at the end only: an address with brackets in it is rare. */
function isBalanced(text: string, end: number): boolean {
  const opener = text.charAt(end - 1) === ')' ? '(' : '['
  return text.lastIndexOf(opener, end - 1) >= 0
}

function mendScheme(text: string): string | undefined {
  let rest = text
  let match = matchScheme(rest)
  if (match === null) return mendMissingScheme(text)
  // A scheme within the scheme: the inner one was pasted, so it is the one meant.
  for (let inner: RegExpExecArray | null = match; inner !== null; inner = matchScheme(rest)) {
    match = inner
    rest = rest.slice(inner[0].length)
  }
  const isSecure = (match[1] ?? match[2] ?? '') !== ''
  return rest === '' ? undefined : `${isSecure ? 'https' : 'http'}://${rest}`
}

function matchScheme(text: string): RegExpExecArray | null {
  return scheme.exec(text) ?? schemeWithoutColon.exec(text)
}

function mendMissingScheme(text: string): string | undefined {
  if (text.startsWith('//')) return matchScheme(text.slice(2)) === null ? `https:${text}` : mendScheme(text.slice(2))
  if (bareHost.test(text)) return `https://${text}`
  // A word in the place of the scheme: `简介://www.example.org`.
  const word = /^[\u3400-\u9fff]{1,10}[:：]\/\//.exec(text)?.[0]
  return word === undefined ? undefined : `https://${text.slice(word.length)}`
}

/** Cuts at Markdown's brackets, and at Chinese punctuation that begins a text glued to the address: within Chinese words (a title used as path) it belongs to it. */
function cutGluedText(address: string): string {
  let end = address.length
  for (const bracket of ['](', '>[', '）[']) {
    const at = address.indexOf(bracket)
    if (at >= 0 && at < end) end = at
  }
  let cut = trimBrackets(address.slice(0, end))
  // What was kept for the sake of what stood behind it may be the end now; who writes an address like that a few times over gets its beginning.
  for (let round = 0; round < 4; round++) {
    const at = gluedAt(cut, round === 3)
    if (at === undefined) return cut
    cut = trimBrackets(cut.slice(0, at))
  }
  return cut
}

/** Where text that is glued to the address begins: at the first mark behind an ASCII character that cannot be a part of a path; `any`: at the first. */
function gluedAt(address: string, any: boolean): number | undefined {
  let whole: WholeAddress | undefined
  for (const { 0: mark, index } of address.matchAll(punctuation)) {
    if (!isAscii(address, index)) continue
    whole ??= lookAtWhole(address)
    if (any || !isOfPath(whole, index, mark)) return index
  }
  return undefined
}

/** How a sentence ends or goes on, as written or percent-encoded. */
const sentenceEnd = /(?:[，。；：、！？…）]|%EF%BC%8C|%E3%80%82|%EF%BC%9[AB]|%E3%80%81)$/i

/** What is asked about an address for each mark in it: found once, since an address may be nothing but marks. */
interface WholeAddress {
  address: string
  endsLikeSentence: boolean
  /** Where its last step of a path begins, and its last scheme; -1 for none. */
  lastStep: number
  lastScheme: number
}

function lookAtWhole(address: string): WholeAddress {
  return {
    address,
    endsLikeSentence: sentenceEnd.test(address),
    lastStep: [...address.matchAll(/\/[\w-]/g)].at(-1)?.index ?? -1,
    lastScheme: address.lastIndexOf('://'),
  }
}

/**
 * Whether a mark belongs to the address: a percent-encoded one always, unless the whole ends like a sentence; `it’s`; `/【PDF】a.pdf`; one that more of the
 * path stands behind (`/mote：语音笔记/ajph`).
 */
function isOfPath({ address, endsLikeSentence, lastStep, lastScheme }: WholeAddress, at: number, mark: string): boolean {
  if (endsLikeSentence) return false
  if (mark.startsWith('%')) return true
  const [before, behind] = [address.charAt(at - 1), address.charAt(at + 1)]
  if (/[‘’]/.test(mark) && /[a-z]/i.test(before) && /[a-z]/i.test(behind)) return true
  if (/[（《「『【“‘]/.test(mark) && /[/=_-]/.test(before)) return true
  const opener = '（《「『【“‘'.charAt('）》」』】”’'.indexOf(mark))
  if (opener !== '' && address.lastIndexOf(opener, at) >= 0) return true
  return lastStep > at && lastScheme <= at
}

/** Whether the character before `end` is ASCII, and no part of another one's percent encoding. */
function isAscii(text: string, end: number): boolean {
  return /[\u0020-\u007e]$/.test(text.charAt(end - 1)) && !/^%[89A-F]/i.test(text.slice(Math.max(0, end - 3), end))
}
