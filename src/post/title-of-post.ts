import { toPlain } from '../text/plain.js'
import type { Block } from './blocks.js'
import { frontText } from './front-fields.js'
import type { FrontTable } from './front-values.js'
import { isSectionName, roleOf } from './section-roles.js'
import { visibleText } from './visible-text.js'

/** What a heading below level 1 must have to be the title of a whole issue. */
export const issueName = /周[刊报]|月[刊报]|日报|快报|第\s{0,3}\d{1,5}\s{0,3}期|weekly|newsletter|digest|week in|month in|issue|#\d/i

/**
 * The heading that is the post's title: the first of level 1, unless it is a section among others of that level, or one that opens the post
 * and names an issue. Where the front matter has a title, the only one of level 1, unless it is the name of a section.
 */
export function titleHeading(blocks: readonly Block[], stated: string | undefined): Block | undefined {
  const headings = blocks.filter(block => block.heading > 0)
  const [first] = headings
  const isAlone = first !== undefined && headings.every(block => block === first || block.heading !== first.heading)
  if (stated !== undefined) {
    const text = first ? toPlain(visibleText(first)) : ''
    return first?.heading === 1 && isAlone && (text === stated || roleOf(text) === undefined) ? first : undefined
  }
  const tops = headings.filter(block => block.heading === 1)
  return (
    (opensSections(tops.map(visibleText)) ? undefined : tops[0]) ??
    (first === blocks[0] && isAlone && issueName.test(visibleText(first)) ? first : undefined)
  )
}

const sectionNumber = /^\s{0,4}(?:\d{1,2}|[零一二三四五六七八九十]{1,3})(?:[\s、．)）:：]|\.(?!\d))/

/** Whether the first of several headings is a section like those that follow, and no title of them all: "1 见闻" before "2 总结", "News" before "Jobs". */
function opensSections([first = '', ...others]: readonly string[]): boolean {
  if (sectionNumber.test(first) && /^\s{0,4}(?:0?[01]|[零一])\D/.test(first)) return others.some(text => sectionNumber.test(text))
  return others.length > 0 && !/\d/.test(first) && !issueName.test(first) && [first, ...others].every(text => isSectionName(text.trim()))
}

/** What an issue of a file of issues is called: a heading that is only its days says so little that the name of the whole stands before it. */
export function nameOfIssue(heading: string, blocks: readonly Block[], data: FrontTable): string {
  if (/\p{L}/u.test(heading)) return heading
  const whole = blocks[0]?.heading === 1 ? toPlain(visibleText(blocks[0])) : ''
  return `${frontText(data, 'title') ?? whole} ${heading}`.trim()
}
