import { decodePercent } from '../text/url.js'

/** What addresses that only count a click, or warn of leaving a site, end with. */
const passingPath =
  /(?:^|\/)(?:click|redirect|redir|go|goto|gotolink|go-wild|jump|out|outlink|away|exit|leave|transfer|external|link\d?|linkfilter|webwxcheckurl|(?<!\/share\/)url|l\.php|middlem\.html)\/?$/i

/** The same as a host of its own, with nothing in its path. */
const passingHost = /^(?:links?|l|out|away|jump|go|redirect|click)\./i

/** Google, whose own parameters stand behind the target as those of WeChat's `requrl` do, and which encodes what is encoded in it once more. */
const google = /^(?:www\.)?google\.[a-z.]{2,6}$/

/** Parameters that hold where such an address leads, in the order in which they count. */
const targetNames = ['target', 'url', 'to', 'u', 'q', 'dest', 'destination', 'redirect', 'redirect_url', 'pfurl', 'link', 'requrl'] as const

/**
 * Where an address leads that stands between a post and the thing meant (`…/click?target=https%3A%2F%2F…`, `link.zhihu.com/?target=…`), as far as it
 * says so itself. Absent for all others: an address that is only mentioned, as in `/login?redirect=…`, `/share?url=…` or `/share/url?url=…`, is not where one arrives.
 */
export function clickTarget(url: URL): string | undefined {
  if (url.search.length < 12 || !/https?(?::|%3a)/i.test(url.search)) return undefined
  if (!passingPath.test(url.pathname) && !(url.pathname === '/' && passingHost.test(url.hostname))) return undefined
  for (const name of targetNames) {
    const at = startOf(url.search, name)
    if (at < 0) continue
    const written = url.search.slice(at)
    if (/^https?:\/\/./i.test(written)) {
      // an address that was put there without encoding goes on to the end, if it has parameters of its own
      const isGoogle = google.test(url.hostname)
      if (!isGoogle && name !== 'requrl' && /^[^?&]*\?/.test(written)) return written + url.hash
      const [own = ''] = written.split('&', 1)
      // what is encoded in an address is a part of it, unless its question mark is
      return (isGoogle || /%3f/i.test(own) ? decodePercent(own) : own) + url.hash
    }
    const target = url.searchParams.get(name) ?? ''
    if (/^https?:\/\/./i.test(target)) return target
  }
  return undefined
}

/** The place of the value of a parameter in a query. */
function startOf(query: string, name: string): number {
  for (const mark of ['?', '&']) {
    const at = query.indexOf(`${mark}${name}=`)
    if (at >= 0) return at + name.length + 2
  }
  return -1
}
