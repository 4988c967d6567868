import { wordSet } from '../text/word-set.js'

/** What the cleaner of bodies knows of elements; all others are unwrapped. */

/** They go with all they hold: nothing of it is text of the article. */
export const droppedElements = wordSet(
  'script style link meta title desc template noscript mp-style-type input button select textarea object',
)

/** Elements that stand on lines of their own. */
export const blockElements =
  wordSet(`p div section figure figcaption blockquote pre ul ol li dl dt dd table thead tbody tfoot tr td th caption
  h1 h2 h3 h4 h5 h6 hr details`)

/** Containers without a meaning of their own, with which editors build. */
export const boxElements = wordSet('section div article main header footer aside center')

export const emphasisElements = wordSet('b strong em i u s del ins strike mark')

/** Elements within a line that are kept, besides emphasis. */
export const inlineElements = wordSet('a sub sup small code kbd samp var q cite abbr dfn ruby rt rp rb br img wbr')

/** These show something by themselves, or hold a place. */
export const fillingElements = wordSet('img hr td th')

/** Meaning that a style carries, as the element that has it. */
export const styledEmphases: readonly { property: string; value: RegExp; element: string }[] = [
  { property: 'font-weight', value: /font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)/i, element: 'strong' },
  { property: 'font-style', value: /font-style\s{0,3}:\s{0,3}italic/i, element: 'em' },
  { property: 'line-through', value: /text-decoration[a-z-]{0,10}\s{0,3}:[^;]{0,60}line-through/i, element: 's' },
  { property: 'vertical-align', value: /vertical-align\s{0,3}:\s{0,3}super/i, element: 'sup' },
  { property: 'vertical-align', value: /vertical-align\s{0,3}:\s{0,3}sub/i, element: 'sub' },
]

export const hiddenStyle = /display\s{0,3}:\s{0,3}none/i
export const blockStyle = /display\s{0,3}:\s{0,3}block/i
export const visibleText = /[^\s\u00a0\u200b-\u200f\u2060\ufeff]/
