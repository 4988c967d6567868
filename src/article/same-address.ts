import { resolveUrl } from '../text/url.js'

/** Whether two addresses lead to one page, but for scheme, `www`, query, fragment and a slash at the end. */
export function isSameAddress(one: string, other: string, base: string): boolean {
  const first = bareAddress(one, base)
  return first !== undefined && first === bareAddress(other, base)
}

function bareAddress(address: string, base: string): string | undefined {
  const url = resolveUrl(address.slice(0, 5_000), base)
  return url
    ?.replace(/^https?:\/\/(?:www\.|m\.)?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
}
