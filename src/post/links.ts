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
  base?: string | undefined
  where: Where
}

/** Reads the links of a section. Addresses that lead nowhere on the web (mail, telephone, anchors, apps) are left out. */
export function linksOf(part: Part, context: LinkContext): { links: LinkRef[]; problems: Problem[] } {
  const links: LinkRef[] = []
  const problems: Problem[] = []
  const around = surroundingsOf(part)
  const alone = part.opening !== undefined && around.unnamed === 1
  const read = (surroundings: Surroundings, at: number, block: Block, following: readonly Block[]) => {
    let line = block.line
    for (const { link, place, title } of titledLinks(surroundings, at, block)) {
      line = lineOf(link, line, block.end, context)
      const lineOfFile = line + context.offset + 1
      const { identity, problem } = targetOf(link.href, context.base)
      if (problem) problems.push(makeProblem(problem.code, { ...context.where, line: lineOfFile }, problem.message))
      if (!identity) continue
      const isNamed = link.words.title !== undefined
      // a thing that is never named has a line of its own; else its address is a part of somebody's sentence
      const opens = !link.bare && place.row === 0 && place.piece === 0
      const isSubject = !around.answers && (title !== undefined || block.item !== undefined || opens)
      const below = isSubject ? noteOn(link, place, alone || isNamed ? following : []) : ''
      const isOfHeading = alone && !isNamed && title !== undefined && part.heading.includes(title)
      const note = below === '' && isOfHeading ? noteAbove(part.blocks.slice(0, at)) : below
      links.push({
        url: identity.url,
        text: withoutSessions(link.words.text),
        ...(title === undefined ? {} : { title: withoutSessions(title) }),
        section: part.heading,
        line: lineOfFile,
        kind: kindOfIdentity(identity),
        key: identity.key,
        ...(note === '' ? {} : { note }),
      })
    }
  }
  const { opening, blocks } = part
  if (opening) read({ blocks: [opening], answers: false, unnamed: 0, firstNamed: Infinity, firstLinked: 0 }, 0, opening, blocks.slice(0, 3))
  for (const [at, block] of blocks.entries()) read(around, at, block, blocks.slice(at + 1, at + 4))
  return { links, problems }
}

function surroundingsOf({ blocks, opening, isIssue, role }: Part): Surroundings {
  const pieces = blocks.flatMap(({ rows }) => rows.flatMap(row => row.pieces))
  const firstNamed = blocks.findIndex(block => block.named)
  return {
    blocks,
    answers: role === 'questions',
    unnamed: pieces.filter(piece => piece.type === 'link' && piece.words.title === undefined).length,
    firstNamed: firstNamed < 0 ? Infinity : firstNamed,
    firstLinked: blocks.findIndex(({ rows }) => rows.some(row => row.hasLinks)),
    ...(opening && !isIssue ? { heading: opening } : {}),
  }
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
