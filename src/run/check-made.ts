import { checkFeed } from '../feed/check-feed.js'
import type { Problem } from '../problems.js'

/** What is wrong with a feed that was made here. That an entry has no date is the matter of its post (`POST_DATE_MISSING`), not of each file that shows it. */
export function checkMade(text: string): Problem[] {
  return checkFeed(text).filter(({ code }) => code !== 'FEED_DATE_MISSING')
}
