import { kindOfIdentity } from '../links/link-kind.js'
import { makeProblem, type Problem, type Where } from '../problems.js'
import type { LinkRef } from '../types.js'
import type { Block } from './blocks.js'
import type { Surroundings } from './link-place.js'
import { targetOf, withoutSessions } from './link-target.js'
import { titledLinks } from './link-titles.js'
import { noteAbove, noteOn } from './note-on-link.js'
import type { LinkPiece } from './pieces.js'
import type { Part } from './sections.js'

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
  const opening = part.opening && !part.isIssue ? { heading: part.opening } : {}
  const answers = part.role === 'questions'
  let unnamed = 0
  for (const block of part.blocks)
    for (const row of block.rows) for (const piece of row.pieces) if (piece.type === 'link' && piece.words.title === undefined) unnamed++
  const firstNamed = part.blocks.findIndex(block => block.named)
  const around: Surroundings = {
    blocks: part.blocks,
    answers,
    unnamed,
    firstNamed: firstNamed < 0 ? Infinity : firstNamed,
    firstLinked: part.blocks.findIndex(block => block.rows.some(row => row.hasLinks)),
    ...opening,
  }
  const alone = part.opening !== undefined && unnamed === 1
  const read = (surroundings: Surroundings, at: number, block: Block, following: readonly Block[]) => {
    let notBefore = block.line
    for (const { link, title } of titledLinks(surroundings, at)) {
      const line = lineOf(link, notBefore, block.end, context)
      notBefore = line
      const lineOfFile = line + context.offset + 1
      const { identity, problem } = targetOf(link.href, context.base)
      if (problem) problems.push(makeProblem(problem.code, { ...context.where, line: lineOfFile }, problem.message))
      if (!identity) continue
      const { key, url } = identity
      // a thing that is never named has a line of its own; else its address is a part of somebody's sentence
      const opens = !link.bare && block.rows[0]?.pieces[0] === link
      const isSubject = !answers && (title !== undefined || block.item !== undefined || opens)
      const below = isSubject ? noteOn(link, block, alone || link.words.title !== undefined ? following : []) : ''
      const isOfHeading = alone && link.words.title === undefined && title !== undefined && part.heading.includes(title)
      const note = below === '' && isOfHeading ? noteAbove(part.blocks.slice(0, at)) : below
      links.push({
        url,
        text: withoutSessions(link.words.text),
        ...(title === undefined ? {} : { title: withoutSessions(title) }),
        section: part.heading,
        line: lineOfFile,
        kind: kindOfIdentity(identity),
        key,
        ...(note === '' ? {} : { note }),
      })
    }
  }
  if (part.opening)
    read(
      { blocks: [part.opening], answers: false, unnamed: 0, firstNamed: Infinity, firstLinked: 0 },
      0,
      part.opening,
      part.blocks.slice(0, 3),
    )
  part.blocks.forEach((block, at) => {
    if (block.rows.some(row => row.hasLinks)) read(around, at, block, part.blocks.slice(at + 1, at + 4))
  })
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
