import { withSlash } from '../text/url.js'

/** A home page as ids are built on it: of what stands in the bar of a browser, without the name of the file, query and place in the page. */
export function homePage(address: string): string {
  return withSlash(address.replace(/[?#].*/s, '').replace(/\/index\.html?$/i, '/'))
}

/** Why a text cannot be a home page; nothing for one that can. */
export function notAHomePage(text: string): string | undefined {
  if (!/^https?:\/\/[^/]/.test(text) || !URL.canParse(text)) return 'It begins with https:// or http://, e.g. --site https://example.org'
  const { username, password } = new URL(text)
  return username + password === '' ? undefined : 'It would stand in all ids and feeds: give it without user name and password.'
}
