import { checkFeed } from '../feed/check-feed.js'
import { valueKinds } from '../feed/check-values.js'
import { toId } from '../feed/writable-entry.js'
import { escapeXml } from '../feed/xml-text.js'
import { makeProblem, type Problem } from '../problems.js'
import { readAdoptedIds } from '../store/adopted-ids.js'
import { counted } from '../text/counted.js'
import type { Store } from '../types.js'

/** Tells what is wrong with a text that was made here, each finding with the file. */
export type CheckMade = (file: string, text: string) => Problem[]

/** Whether Atom takes a text for an id. */
export const isAtomId: (id: string) => boolean = valueKinds.id.holds

/** How many ids a message names. */
const shown = 3

/**
 * Makes the check of the feeds that were made here. That an entry has no date is the matter of its post (`POST_DATE_MISSING`), not of each file that
 * shows it. Ids that were taken over stay as their subscribers know them: of those that Atom would not have, the first file alone says so.
 */
export async function openCheck(store: Store): Promise<CheckMade> {
  const adopted = new Map((await readAdoptedIds(store)).map(id => [escapeXml(toId(id)), id]))
  let isTold = false
  return (file, text) => {
    const met = new Set<string>()
    // Writers give each id a line of its own.
    const checked =
      adopted.size === 0
        ? text
        : text.replace(/^<id>(.*)<\/id>$/gm, (line, written: string) => {
            const id = adopted.get(written)
            if (id === undefined) return line
            met.add(id)
            return `<id>urn:x:${encodeURIComponent(toId(id))}</id>`
          })
    const found = checkFeed(checked).filter(({ code }) => code !== 'FEED_DATE_MISSING')
    const noted = met.size > 0 && !isTold ? [noteOf(file, [...met])] : []
    isTold ||= met.size > 0
    return [...noted, ...found.map(problem => ({ ...problem, where: { file, ...problem.where } }))]
  }
}

function noteOf(file: string, ids: readonly string[]): Problem {
  const names = ids.slice(0, shown).join(', ')
  const more = ids.length > shown ? ` and ${ids.length - shown} more` : ''
  return makeProblem(
    'FEED_ID_ADOPTED',
    { file },
    `${counted(ids.length, 'id')} taken over, no address or URN as Atom asks for: ${names}${more}.`,
  )
}
