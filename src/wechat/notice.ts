import { htmlToText, parseHtml } from '../text/html.js'
import { toLine, toPlain } from '../text/plain.js'
import type { PageText } from './page-text.js'

/** What a notice page says: its heading and the sentence below. */
export interface Notice {
  title: string | undefined
  detail: string | undefined
}

/** The parts of notices over the years, first match counts. */
const titleClasses = ['weui-msg__title', 'weui_msg_title', 'global_error_msg', 'mesg-title'] as const
const detailClasses = ['weui-msg__desc', 'weui_msg_desc'] as const

/** Reads the notice of a page; empty for a page that shows none. */
export function readNotice(page: PageText): Notice {
  const title = firstText(page, titleClasses)
  const detail = title === undefined ? undefined : firstText(page, detailClasses)
  return { title, detail }
}

const maxPlaces = 20
const maxElement = 4_000

function firstText(page: PageText, classes: readonly string[]): string | undefined {
  for (const name of classes) {
    let at = page.find(name)
    for (let place = 0; place < maxPlaces && at >= 0; place++) {
      const text = elementText(page.slice(Math.max(0, at - 200), at + maxElement), name)
      if (text !== undefined) return text
      at = page.find(name, at + name.length)
    }
  }
  return undefined
}

/** The text of the element in whose start tag the class stands; a style sheet names the class too, outside of any tag. */
function elementText(window: string, name: string): string | undefined {
  const marked = window.indexOf(name)
  const start = window.lastIndexOf('<', marked)
  if (start < 0 || window.lastIndexOf('>', marked) > start) return undefined
  const node = parseHtml(window.slice(start)).children[0]
  return node === undefined ? undefined : toLine(htmlToText([node]), 300)
}

const maxVisible = 100_000

/** The words that a reader sees, of a page that is small without its scripts and styles. */
export function visibleText(markup: PageText): string {
  return markup.length > maxVisible ? '' : toPlain(htmlToText(markup.slice())).slice(0, 5_000)
}
