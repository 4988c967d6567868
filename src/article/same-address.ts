import { isNumbered, resolveUrl } from '../text/url.js'

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

/** Paths of what lists the articles of a site. */
const listing = /^(?:\/[a-z]{2}(?:-[a-z]{2,4})?)?(?:\/(?:blogs?|posts?|articles?|news|archives?|index|home)(?:\.\w{2,5})?)?\/?$/i

/** Whether an address is that of a front page or a list: many templates have all of their pages call it their own. */
export function isListing({ pathname, search }: URL): boolean {
  return !isNumbered(search) && listing.test(pathname)
}
