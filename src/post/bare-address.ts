import { decodeEntities } from '../text/html.js'

/** An address that stands in the text without any markup. */
export interface BareAddress {
  start: number
  end: number
  /** As a reader sees it: entities and backslashes resolved. */
  text: string
}

/** `https`, or one of the ways to mistype it that leave no doubt. */
const schemeBefore = /(?:h+ttps?|ttps?|htps?|htttps?)$/i

/** A run of what an address may hold besides brackets; it ends at white space, quotes, other brackets of markup, and all punctuation that is not ASCII. */
const run =
  /[^\s"<>`|()[\]\u00a0\u2010-\u2027\u2030-\u205e\u3000-\u303f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/y
const asciiRun = /[!#-'*-;=?-Z\\^_a-z{}~]+/y

/** WeChat's addresses are ASCII: what follows directly in Chinese belongs to the sentence. */
const asciiHost = /^https?:\/\/mp\.weixin\.qq\.com\//i

/**
 * Finds the address around `://` at `colon`. Chinese letters stay (paths have them), Chinese punctuation ends it; closing brackets
 * without an opening one and trailing punctuation stay outside, as GitHub does it.
 * @param before how many characters before `colon` may belong to it
 */
export function bareAddressAt(source: string, colon: number, before: number, limit: number): BareAddress | undefined {
  const scheme = schemeBefore.exec(source.slice(Math.max(0, colon - Math.min(before, 8)), colon))
  if (!scheme) return undefined
  const start = colon - scheme[0].length
  // "ftps" and words that only end like a scheme are none
  if (!/^h+ttps?$/i.test(scheme[0]) && /[a-z0-9]/i.test(source.charAt(start - 1))) return undefined
  const isAscii = asciiHost.test(source.slice(start, start + 30))
  let end = endOfAddress(source, colon + 3, limit, isAscii ? asciiRun : run)
  while (end > colon + 3 && /[?!.,:;*_~'\\]/.test(source.charAt(end - 1))) end--
  if (end <= colon + 3) return undefined
  const written = source.slice(start, end)
  return { start, end, text: decodeEntities(written.includes('\\') ? written.replace(/\\([!-/:-@[-`{-~])/g, '$1') : written) }
}

/** Behind the last character of the address, at the latest before a closing bracket that closes nothing inside it. No further is looked: texts that begin many addresses stay linear. */
function endOfAddress(source: string, start: number, limit: number, inside: RegExp): number {
  let round = 0
  let square = 0
  let at = start
  while (at < limit) {
    const code = source.charCodeAt(at)
    if (code === 0x28) round++
    else if (code === 0x5b) square++
    else if (code === 0x29) round--
    else if (code === 0x5d) square--
    else {
      inside.lastIndex = at
      if (!inside.test(source)) return at
      at = inside.lastIndex
      continue
    }
    if (round < 0 || square < 0) return at
    at++
  }
  return Math.min(at, limit)
}
