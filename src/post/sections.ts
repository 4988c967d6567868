import { cutText, toPlain } from '../text/plain.js'
import type { SectionRole } from '../types.js'
import { askerIn } from './asker-line.js'
import type { Block } from './blocks.js'
import type { Row } from './rows.js'
import { isSectionName, type RolePatterns, roleOf } from './section-roles.js'
import { visibleText } from './visible-text.js'

/** A part of the post under one heading, before its links are read. */
export interface Part {
  heading: string
  /** 1 to 6; 0 for a bold paragraph or a quotation that plays the heading, and for what has no heading. */
  level: number
  /** From 0. */
  line: number
  role: SectionRole
  /** The heading is the name of the whole issue. */
  isIssue?: true
  /** The heading's own block, when it has one. */
  opening?: Block
  blocks: Block[]
}

/** No bold paragraph or quotation longer than this plays a heading, in UTF-16 units. */
const maxPlayed = 30

/** Parts blocks by headings of any level, and by what plays one: bold paragraphs with the name of a section, short quotations alone. */
export function partsOf(blocks: readonly Block[], patterns: RolePatterns = {}, title?: Block, isIssue = false): Part[] {
  const parts: Part[] = []
  const above: { level: number; role: SectionRole }[] = []
  let part: Part = { heading: '', level: 0, line: blocks[0]?.line ?? 0, role: 'other', blocks: [] }
  const finish = () => {
    if (part.opening || part.blocks.length > 0) parts.push(...parted(part))
  }
  blocks.forEach((block, index) => {
    const heading = block.heading > 0 ? headingOf(block) : playedHeading(block, blocks[index + 1], part, patterns)
    if (heading === undefined) {
      part.blocks.push(block)
      return
    }
    // a heading of which nothing is seen ("###") ends nothing either
    if (block.rows.length === 0) return
    finish()
    // a heading without a role of its own belongs to the section that it stands in
    while (block.heading > 0 && (above.at(-1)?.level ?? 0) >= block.heading) above.pop()
    const inherited = block.heading > 0 ? above.at(-1)?.role : undefined
    // the title of the post names what is in it, and is no section of that kind; nor is a heading that is the name of one linked thing
    const own = block === title || isItemHeading(block, inherited) ? undefined : roleOf(heading, patterns)
    const role = own ?? inherited ?? 'other'
    if (block.heading > 0 && block !== title) above.push({ level: block.heading, role })
    part = { heading, level: block.heading, line: block.line, role, opening: block, blocks: [] }
    if (block === title && isIssue) part.isIssue = true
  })
  finish()
  return parts
}

/** A heading's text without the leavings of markup around it (`项目进展**`), cut where it is none: each link of its section repeats it. */
function headingOf(block: Block): string {
  return cutText(toPlain(visibleText(block).replace(/^[\s*_#]{1,20}|[\s*_#]{1,20}$/g, '')), longestHeading)
}

/** In characters. */
const longestHeading = 300

/** Whether a heading names one thing of its section: all of it is a link, or it stands in a section and is long, or in one of news or reading and has a version. */
function isItemHeading(block: Block, section: SectionRole | undefined): boolean {
  const linked = block.rows.some(row => row.pieces.some(piece => piece.type === 'link' && !piece.href.startsWith('#')))
  const around = block.rows.map(row => row.text).join('')
  const text = headingOf(block)
  if (linked && !/[\p{L}]{2}/u.test(around)) return true
  if (section === undefined) return false
  return text.length > maxPlayed || (/^(?:news|reading)$/.test(section) && version.test(text))
}

/** Tells the name of one release from that of a section. */
const version = /[^\d.]\s?v?\d{1,4}\.\d/

/** What opens a reading list even as a plain line above its links. */
const readingName = /^(?:本[周期]|每周|相关|延伸|扩展)?\s?(?:推荐阅读|阅读推荐)$|^(?:recommended|further) reading$/i

function playedHeading(block: Block, next: Block | undefined, current: Part, patterns: RolePatterns): string | undefined {
  const row = block.rows[0]
  if (!row || block.rows.length > 1 || row.hasLinks || block.item || block.cell || row.text.length > maxPlayed) return undefined
  const text = headingOf(block)
  if (current.role === 'questions' && /[@\d]/.test(text) && askerIn(text)) return undefined
  if (block.quoted) return isShortQuotation(text, row, next) && current.role !== 'questions' ? text : undefined
  // a colon leads on to what follows ("变更如下："), and a reading list is the one section that is opened so
  const name = text.replace(/\s?[:：～~！!]$/, '')
  const role = /[:：。，,；;～~!！…]/.test(name.replace(/\w[:：]\S/g, '')) ? undefined : sharedRole(name, patterns)
  if (current.role === 'releases' && version.test(text)) return undefined
  if (row.strong) return role !== undefined && (name === text || role === 'reading') ? name : undefined
  return readingName.test(name) && next?.rows[0]?.hasLinks ? name : undefined
}

/** A bold line that counts up things of several kinds is a banner ("好问答、新版本"). */
function sharedRole(name: string, patterns: RolePatterns): SectionRole | undefined {
  const roles = new Set(name.split('、').map(part => roleOf(part, patterns)))
  return roles.size === 1 ? [...roles][0] : undefined
}

function isShortQuotation(text: string, row: Row, next: Block | undefined): boolean {
  if (text.length > 12 || row.pieces.length > 1 || !next || next.quoted) return false
  return !/\p{P}/u.test(text.replace(/[&/+.-]/g, '')) && (isSectionName(text) || next.item !== undefined)
}

/** Sections whose links are no reading list; a list of articles that follows them without a heading is one all the same. */
const closedRoles: ReadonlySet<SectionRole> = new Set(['questions', 'releases', 'contributors', 'events'])

function parted(part: Part): Part[] {
  if (!closedRoles.has(part.role)) return [part]
  let start = part.blocks.length
  let articles = 0
  while (start > 0) {
    const kind = listing(part.blocks[start - 1])
    if (kind === 'text') break
    if (kind === 'article') articles++
    start--
  }
  while (start < part.blocks.length && listing(part.blocks[start]) !== 'article') start++
  const first = part.blocks[start]
  if (articles < 3 || !first) return [part]
  return [
    { ...part, blocks: part.blocks.slice(0, start) },
    { heading: '', level: 0, line: first.line, role: 'reading', blocks: part.blocks.slice(start) },
  ]
}

/** What a block is in a list of articles: one of them, a picture between them, or text that ends the list. */
function listing(block: Block | undefined): 'article' | 'picture' | 'text' {
  const row = block?.rows[0]
  if (!row || block.rows.length > 1 || /[\p{L}\p{N}]/u.test(row.text)) return 'text'
  const links = row.pieces.filter(piece => piece.type === 'link')
  if (links.length === 0) return row.pieces.some(piece => piece.type === 'image') ? 'picture' : 'text'
  return links.length === 1 && row.named && links[0]?.href.includes('mp.weixin.qq.com/') ? 'article' : 'text'
}
