import type { Page } from '../types.js'
import { pageTextOf } from './page-text.js'

/** What the Wayback Machine puts before the address of a page, and before those in its copy of it. */
const before = /(?:(?:https?:)?\/\/web\.archive\.org)?\/web\/\d{1,14}(?:[a-z]{2}_)?\/(?=https?:\/\/)/g

/** The address on WeChat's host that an address of the archive stands for. */
export function archivedAddress(url: string): string | undefined {
  const own = url.replace(before, '')
  return own !== url && /^https?:\/\/mp\.weixin\.qq\.com[:/]/i.test(own) ? own : undefined
}

/** The page of that address as WeChat gave it. */
export function originalOf(copy: Page, finalUrl: string): Page {
  return { ...copy, finalUrl, body: pageTextOf(copy.body).slice().replace(before, '') }
}
