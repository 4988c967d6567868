import { linkKind } from '../links/link-kind.js'
import { makeProblem, type Problem, type Where } from '../problems.js'
import { cutText, toPlain } from '../text/plain.js'
import type { LinkRef } from '../types.js'
import type { Block } from './blocks.js'
import { targetOf, withoutSessions } from './link-target.js'
import { type Surroundings, titledLinks } from './link-titles.js'
import type { LinkPiece } from './pieces.js'
import type { Part } from './sections.js'

/** What a weekly says about a thing is kept up to this many characters. */
const maxNote = 300

/** What reading links needs to know of the post. */
export interface LinkContext {
  /** The lines of the file. */
  lines: readonly string[]
  /** How many lines stand before the text that blocks count from. */
  offset: number
  /** The post's own address, for relative links. */
  base?: string
  where: Where
}

/** Reads the links of a section. Addresses that lead nowhere on the web (mail, telephone, anchors, apps) are left out. */
export function linksOf(part: Part, context: LinkContext): { links: LinkRef[]; problems: Problem[] } {
  const links: LinkRef[] = []
  const problems: Problem[] = []
  const opening = part.opening ? { heading: part.opening } : {}
  const answers = part.role === 'questions'
  let unnamed = 0
  for (const block of part.blocks)
    for (const row of block.rows) for (const piece of row.pieces) if (piece.type === 'link' && piece.words.title === undefined) unnamed++
  const firstNamed = part.blocks.findIndex(block => block.named)
  const around: Surroundings = { blocks: part.blocks, answers, unnamed, firstNamed: firstNamed < 0 ? Infinity : firstNamed, ...opening }
  const alone = part.opening !== undefined && unnamed === 1
  const read = (surroundings: Surroundings, at: number, block: Block, following: readonly Block[]) => {
    let notBefore = block.line
    for (const { link, title } of titledLinks(surroundings, at)) {
      const line = lineOf(link, notBefore, block.end, context)
      notBefore = line
      const where = { ...context.where, line: line + context.offset + 1 }
      const { identity, problem } = targetOf(link.href, context.base)
      if (problem) problems.push(makeProblem(problem.code, where, problem.message))
      if (!identity) continue
      const { kind, key, url } = identity
      const note = noteOn(link, block, alone || link.words.title !== undefined ? following : [])
      links.push({
        url,
        text: withoutSessions(link.words.text),
        ...(title === undefined ? {} : { title: withoutSessions(title) }),
        section: part.heading,
        line: where.line,
        kind: kind === 'wechat' ? 'wechat' : kind === 'other' ? linkKind(url) : 'site',
        key,
        ...(note === '' ? {} : { note }),
      })
    }
  }
  if (part.opening)
    read({ blocks: [part.opening], answers: false, unnamed: 0, firstNamed: Infinity }, 0, part.opening, part.blocks.slice(0, 3))
  for (const [at, block] of part.blocks.entries()) read(around, at, block, answers ? [] : part.blocks.slice(at + 1, at + 4))
  return { links, problems }
}

/** Lines that a link's line may be off by: titles and targets with line breaks inside are rare and short. */
const maxSlip = 12

/** The line of a link, corrected where line breaks inside addresses, code or titles have made the count fall behind. */
function lineOf(link: LinkPiece, notBefore: number, end: number, context: LinkContext): number {
  const guess = Math.max(link.line, notBefore)
  const text = link.text.trim().slice(0, 60)
  const href = link.href.slice(0, 60)
  for (let line = guess; line <= Math.min(guess + maxSlip, end); line++) {
    const written = context.lines[line + context.offset] ?? ''
    if ((href !== '' && written.includes(href)) || (text !== '' && written.includes(text))) return line
  }
  return guess
}

/** What the weekly says about a thing: the text behind its name, or the next paragraphs when the name stands alone. */
function noteOn(link: LinkPiece, block: Block, following: readonly Block[]): string {
  if (link.text.trim().startsWith('@')) return ''
  let before = ''
  let behind = ''
  let found = false
  for (const row of block.rows.slice(0, 8)) {
    for (const piece of row.pieces.slice(0, 40)) {
      if (piece === link) found = true
      else if (found) behind += piece.type === 'text' || piece.type === 'link' ? piece.text : ''
      else if (piece.type === 'text') before += piece.text
      // a link in the middle of a sentence, or behind another one, is not what the rest of the line is about
      if (!found && (piece.type === 'link' || before.length > 40)) return ''
    }
    if (found) behind += ' '
    if (behind.length > maxNote) break
  }
  if (!found || (/[\p{L}]{3}/u.test(before) && !/[:：]\s{0,4}$/.test(before))) return ''
  if (behind.trim().length <= 12 || /^\s?[（(][^()（）]{0,80}[)）]\s{0,4}$/.test(behind)) {
    for (const next of following) {
      const leadsOn = /[:：]\s{0,4}$/.test(next.rows.at(-1)?.text ?? '')
      if (block.item ? next.item !== block.item : next.item && behind.trim() !== '') break
      if (next.cell !== block.cell || (block.cell && next.line !== block.line)) break
      if (leadsOn || next.rows.some(row => row.hasLinks) || behind.length > maxNote) break
      behind += `${next.rows.map(row => row.text).join(' ')} `
    }
  }
  return cutText(
    toPlain(withoutSessions(behind).slice(0, 2 * maxNote)).replace(/^(?:\]\([^()]{0,200}\))?[\s>:：,，、。;；.)）—–|-]{1,20}/, ''),
    maxNote,
  )
}
