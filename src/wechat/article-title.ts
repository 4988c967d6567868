import { decodeEntities } from '../text/html.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Plain } from '../types.js'
import { valueAt } from './cgi-data.js'
import type { PageFacts } from './page-facts.js'

/** WeChat admits 64 characters; more is a page of somebody else's making. */
const longestTitle = 200
/** A title that was cut from a text has at least and at most these many characters. */
const shortestCut = 8
const longestCut = 60

/** The title as one line. A text message without a title of its own has all its text in the place of the title: then its beginning is one. */
export function titleOf(raw: string, isWholeText: boolean): Plain {
  if (!isWholeText) return cutText(toPlain(raw), longestTitle)
  const firstLine = toPlain(raw.split('\n', 1)[0] ?? '')
  const length = [...firstLine.slice(0, 2 * longestCut + 1)].length
  return length >= shortestCut && length <= longestCut ? firstLine : cutText(toPlain(raw), longestCut)
}

/** Whether a text message has its whole text in the place of its title: WeChat says so in `is_user_title`, and where it does not, the text itself does. */
export function isTitleWholeText(facts: PageFacts, title: string): boolean {
  const info = valueAt(facts.cgi?.record, ['text_page_info'])
  if (Number(valueAt(info, ['is_user_title'])) === 1) return false
  const content = valueAt(info, ['content_noencode'])
  if (typeof content !== 'string' || content === '') return true
  const start = (text: string) => toPlain(decodeEntities(text.slice(0, 400))).slice(0, 30)
  return start(content).startsWith(start(title).slice(0, 20))
}
