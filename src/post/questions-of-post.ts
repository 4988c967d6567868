import { kindOfIdentity } from '../links/link-kind.js'
import { dropAbsent } from '../text/drop-absent.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Question } from '../types.js'
import { askerIn } from './asker-line.js'
import type { Block } from './blocks.js'
import type { Excerpts, Place } from './excerpts.js'
import { addressIn, withoutSessions } from './link-target.js'
import type { Row } from './rows.js'
import type { Part } from './sections.js'
import { rowText } from './visible-text.js'

/** A line that says who asks, and what: "**@fox asks:** how long?", "@小河 提问：……". */
const askedHere =
  /^(?:\d{1,3}\s?[.、．)）]?\s?)?(?:@\s?([^\s：:#][^：:#]{0,38}?)|([^\s：:#，。@][^：:#，。]{0,30}?))\s?(?:提问|请问|asks?|asked)\s?[:：]\s?(?=\S)/i

/** A question of nobody in particular: "Q：", "Q2:", "问题 3：". */
const questionStart = /^(?:Q|问|问题|質問|question)\s?\d{0,3}\s?[:：]\s?/i

/** A number before a name in bold, where a quotation below holds the question: "**1. 小河**". */
const numberedName = /^\d{1,3}\s?[.、．)）]\s?([^\s：:#，。？?][^：:#，。？?]{0,19})$/

const answerStart = /^(?:(?:A|答|答案|回答|回复|回覆|answer)\s?\d{0,3}\s?[:：]{1,2}\s?){1,2}/i

/** A line that only leads to the project or to the issue on its tracker: "「钟楼」：https://…". */
const projectLabel = /^[\s「『【《*]{0,4}[^：:。，]{1,40}?(?:[\s」』】》*]{0,4}[:：]|[」』】])[\s*]{0,4}$/

/** Labels that lead to something to read, not to the project; an answer may be such an address alone. */
const readingLabel = /(?:参考|见|链接|地址|文档|原文|回复|如下|这里|例子|[示样]例|^[aq答问])[\s\p{P}]{0,8}$/iu

/** Somebody's projects at a forge, where a label names one without its address. */
const ownerPage = /^https:\/\/(?:github|gitee|gitlab)\.com\/[\w.-]{1,100}\/?$/

/** Questions and answers are kept up to this many characters. */
const maxText = 4000

interface Draft {
  /** Where its answer begins, when it has one. */
  from: Place
  /** Where the next one begins, or what stands behind the section. */
  to?: Place
  asker?: string
  line: number
  question: string
  answer: string
  /** An answer has begun. */
  isAnswered: boolean
  project?: string
  /** The line that begins it holds the question itself. */
  isAsked: boolean
  /** What stands between that line and the answer: it goes on with the question, and is the answer itself when none is marked as one. */
  between: string
}

/**
 * The questions of readers, with the answers, in the sections that are for them. Each begins with the line that names who asks; what is
 * asked further after an answer stays in the answer, as a dialogue. Where nobody is named, "Q：" begins one.
 */
export function questionsOf(parts: readonly Part[], offset: number, excerpts: Excerpts): Question[] {
  const drafts: Draft[] = []
  parts.forEach((part, number) => {
    if (part.role !== 'questions') return
    let draft: Draft | undefined
    part.blocks.forEach((block, at) => {
      // what goes on over several paragraphs of a quotation is asked once
      const asksOn = block.quoted && part.blocks[at - 1]?.quoted !== true
      block.rows.forEach((row, index) => {
        const text = toPlain(withoutSessions(rowText(row)))
        const opened = begin(text, block, index, part.blocks[at + 1], draft)
        const place = { block, row: index }
        if (opened) {
          if (draft) draft.to = place
          const from = { block, row: index + 1 }
          draft = { line: row.line + offset + 1, from, answer: '', isAnswered: false, between: '', ...opened }
          drafts.push(draft)
        } else if (draft) addTo(draft, row, text, asksOn && index === 0, place)
      })
    })
    const next = parts[number + 1]
    const block = next?.opening ?? next?.blocks[0]
    if (draft && block) draft.to = { block, row: 0 }
  })
  return drafts.flatMap(draft => finished(draft, excerpts))
}

/** What a line says of a question that it begins; absent when it begins none. Authors forget the empty line above it, so it may stand inside a paragraph. */
function begin(
  text: string,
  block: Block,
  index: number,
  next: Block | undefined,
  current: Draft | undefined,
): Pick<Draft, 'asker' | 'question' | 'isAsked'> | undefined {
  const asker = askerIn(text)
  const opens = index === 0 && !block.quoted
  if (asker && (asker.said || (opens && block.rows.length < 3))) return { asker: asker.name, question: '', isAsked: false }
  const numbered = opens && block.rows[0]?.strong && block.rows.length === 1 && next?.quoted ? numberedName.exec(text)?.[1] : undefined
  if (numbered !== undefined) return { asker: numbered, question: '', isAsked: false }
  const asked = opens ? askedHere.exec(text.slice(0, 200).replaceAll('*', '')) : null
  const named = asked?.[1] ?? asked?.[2]
  if (named !== undefined) return { asker: named, question: text.replace(askedHere, ''), isAsked: true }
  return block.quoted || current?.asker !== undefined || !questionStart.test(text) ? undefined : { question: text, isAsked: true }
}

function addTo(draft: Draft, row: Row, text: string, asksOn: boolean, place: Place): void {
  const project = projectIn(row)
  const isAnswered = draft.isAnswered
  if (project === undefined) addText(draft, text, asksOn)
  else draft.project ??= project
  if (draft.isAnswered !== isAnswered) draft.from = { ...place, skip: answerStart.exec(rowText(row).trimStart())?.[0].length ?? 0 }
}

function addText(draft: Draft, text: string, asksOn: boolean): void {
  if (text === '' || draft.question.length + draft.answer.length + draft.between.length > 2 * maxText) return
  if (draft.isAnswered) draft.answer += asksOn && !answerStart.test(text) && !questionStart.test(text) ? ` Q：${text}` : ` ${text}`
  else if (answerStart.test(text)) {
    draft.isAnswered = true
    draft.answer = text.replace(answerStart, '')
  } else if (draft.isAsked) draft.between += ` ${text}`
  else draft.question += ` ${text}`
}

/** The address of a project or an issue that stands behind a label, alone on its line. */
function projectIn(row: Row): string | undefined {
  if (!row.hasLinks || !projectLabel.test(row.text) || readingLabel.test(row.text)) return undefined
  return addressIn(row, link => /^(?:repository|issue)$/.test(kindOfIdentity(link)) || ownerPage.test(link.url))
}

function finished({ asker, line, question, answer, between, project, from, to }: Draft, excerpts: Excerpts): Question[] {
  const asked = cutText(toPlain(answer === '' ? question : question + between).replace(questionStart, ''), maxText)
  if (asked === '') return []
  const answered = cutText(toPlain(answer === '' ? between : answer), maxText)
  const html = answered === '' ? '' : excerpts.between(from, to)
  return [
    dropAbsent({
      asker: asker === undefined ? undefined : toPlain(asker),
      question: asked,
      answer: answered || undefined,
      html: html || undefined,
      project,
      line,
    }),
  ]
}
