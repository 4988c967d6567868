import { makeProblem, type Problem } from '../problems.js'
import type { Page } from '../types.js'

/** A document as far as it was had: whole, without what closes its root, or ending within an item. */
export type Ending = 'whole' | 'open' | 'half'

/** A feed or list of feeds that was read: how it ends, and how many entries or feeds are in it whole. */
export interface Extent {
  ending: Ending
  count: number
}

/** Whether a document is cut off or has nothing, so that another is hoped for. */
export function isDoubtful({ ending, count }: Extent): boolean {
  return ending !== 'whole' || count === 0
}

/** Tags that tell how far a feed or list goes: those around all, and those around each item. */
const frame = /<(\/?)(?:[\w.-]{1,40}:)?(item|entry|rss|channel|rdf|feed|opml)(?:\s[^<>]*)?>/gi
/** Behind the root stand notes of servers at most. */
const tail = 4096

/** How a document in XML ends, by the last of its tags that tells. Markup is ASCII in all charsets that feeds have. */
export function endingOf({ body }: Pick<Page, 'body'>): Ending {
  const text = (from: number) =>
    typeof body === 'string'
      ? body.slice(from)
      : Buffer.from(body.subarray(Math.max(0, body.length + from)))
          .toString('latin1')
          .replaceAll('\0', '')
  const end = lastEnding(text(-tail).replace(/<!--[\s\S]*?-->/g, ''))
  return end === 'whole' ? end : (lastEnding(text(-body.length)) ?? 'whole')
}

function lastEnding(text: string): Ending | undefined {
  let ending: Ending | undefined
  for (const [, slash, name = ''] of text.matchAll(frame)) {
    const isItem = /^(?:item|entry)$/i.test(name)
    ending = slash === '' ? (isItem ? 'half' : 'open') : isItem ? 'open' : 'whole'
  }
  return ending
}

/**
 * Why the last good copy stands in for an answer that can be read, if it does: the answer is cut off, or has nothing of what was there. One that is cut off counts as good where the copy
 * is so too, or where it ends behind an item and has no fewer than the copy: some servers never close the root.
 */
export function copyStandsIn(answer: Extent, copy: Extent): Problem | undefined {
  const isEmptied = answer.count === 0 && copy.count > 0
  const isWorse = answer.ending === 'half' ? copy.ending !== 'half' : copy.ending === 'whole' && answer.count < copy.count
  if (answer.ending !== 'whole' && (isEmptied || isWorse))
    return makeProblem('FEED_CUT', {}, 'The document is cut off; its last good copy stands in.')
  return isEmptied ? makeProblem('FEED_EMPTIED', {}, 'There is nothing in it any more; its last good copy stands in.') : undefined
}

/** What is told of a document that is used though it is cut off. */
export function cutProblem(): Problem {
  return makeProblem('FEED_CUT', {}, 'The document is cut off; what stands whole in it was read.')
}
