import { kindOfIdentity } from '../links/link-kind.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Question } from '../types.js'
import type { Block } from './blocks.js'
import { targetOf, withoutSessions } from './link-target.js'
import { rowText, visibleText } from './link-titles.js'
import type { Row } from './rows.js'
import type { Part } from './sections.js'

/** A line that says who asks: "**1、@小河** 提问：", "2. @reed #589", "阿木 提问". */
const askerLine =
  /^(?:\d{1,3}\s?[.、．)）]?\s?)?(?:[、.]?\s?@\s?([^\s：:#][^：:#]{0,38}?)\s?(?:#\d{1,7})?\s?(?:提问|请问|问)?|([^\s：:#，。][^：:#，。]{0,30}?)\s?提问)\s?[:：]?$/

/** The same with the question on the same line: "**@fox asks:** how long?", "@小河 提问：……". */
const askedHere =
  /^(?:\d{1,3}\s?[.、．)）]?\s?)?(?:@\s?([^\s：:#][^：:#]{0,38}?)|([^\s：:#，。@][^：:#，。]{0,30}?))\s?(?:提问|请问|asks?|asked)\s?[:：]\s?(?=\S)/i

/** A question of nobody in particular: "Q：", "Q2:", "问题 3：". */
const questionStart = /^(?:Q|问|问题|質問|question)\s?\d{0,3}\s?[:：]\s?/i

const answerStart = /^(?:A|答|答案|回答|回复|回覆|answer)\s?\d{0,3}\s?[:：]\s?/i

/** A line that only leads to the project or to the issue on its tracker: "「钟楼」：https://…". */
const projectLabel = /^[\s「『【《*]{0,4}[^：:。，]{1,40}[\s」』】》*]{0,4}[:：]\s?$/

/** Questions and answers are kept up to this many characters. */
const maxText = 4000

interface Draft {
  asker?: string
  line: number
  question: string
  answer: string
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
export function questionsOf(parts: readonly Part[], offset: number): Question[] {
  const drafts: Draft[] = []
  for (const part of parts) {
    if (part.role !== 'questions') continue
    let draft: Draft | undefined
    for (const block of part.blocks) {
      const opened = begin(block, draft)
      if (opened) {
        draft = { line: block.line + offset + 1, between: '', ...opened }
        drafts.push(draft)
      } else if (draft) addTo(draft, block)
    }
  }
  return drafts.flatMap(finished)
}

/** What a block says of a question that it begins; absent when it begins none. */
function begin(block: Block, current: Draft | undefined): Pick<Draft, 'asker' | 'question' | 'answer' | 'isAsked'> | undefined {
  const [first, ...others] = block.rows.map(plainRow)
  if (first === undefined || block.quoted) return undefined
  const text = first.slice(0, 200).replaceAll('*', '')
  const alone = others.length < 2 && text.length <= 60 ? askerLine.exec(text) : null
  const asked = alone ? null : askedHere.exec(text)
  const asker = alone?.[1] ?? alone?.[2] ?? asked?.[1] ?? asked?.[2]
  if (asker === undefined && (current?.asker !== undefined || !questionStart.test(first))) return undefined
  const opened: Draft = {
    question: asked ? ` ${first.replace(askedHere, '')}` : alone ? '' : ` ${first}`,
    answer: '',
    between: '',
    isAsked: !alone,
    line: 0,
  }
  for (const row of others) addText(opened, row, false)
  return { ...(asker === undefined ? {} : { asker }), question: opened.question + opened.between, answer: opened.answer, isAsked: !alone }
}

function addTo(draft: Draft, block: Block): void {
  const project = projectIn(block)
  if (project !== undefined && block.rows.length === 1) {
    draft.project ??= project
    return
  }
  addText(draft, toPlain(withoutSessions(visibleText(block))), block.quoted)
  if (project !== undefined) draft.project ??= project
}

function plainRow(row: Row | undefined): string {
  return toPlain(withoutSessions(rowText(row)))
}

function addText(draft: Draft, text: string, quoted: boolean): void {
  if (text === '' || draft.question.length + draft.answer.length + draft.between.length > 2 * maxText) return
  if (draft.answer === '' && !answerStart.test(text)) {
    if (draft.isAsked) draft.between += ` ${text}`
    else draft.question += ` ${text}`
  } else if (draft.answer === '') draft.answer = text.replace(answerStart, '')
  else draft.answer += quoted ? ` Q：${text}` : ` ${text}`
}

/** The address of a project or an issue that stands behind a label, alone on its line. */
function projectIn(block: Block): string | undefined {
  for (const row of block.rows) {
    if (!row.hasLinks || !projectLabel.test(row.text)) continue
    for (const piece of row.pieces) {
      const identity = piece.type === 'link' ? targetOf(piece.href, undefined).identity : undefined
      if (identity && /^(?:repository|issue)$/.test(kindOfIdentity(identity))) return identity.url
    }
  }
  return undefined
}

function finished({ asker, line, question, answer, between, project }: Draft): Question[] {
  const asked = cutText(toPlain(answer === '' ? question : question + between).replace(questionStart, ''), maxText)
  if (asked === '') return []
  const answered = cutText(toPlain(answer === '' ? between : answer), maxText)
  return [
    {
      ...(asker === undefined ? {} : { asker: toPlain(asker) }),
      question: asked,
      ...(answered === '' ? {} : { answer: answered }),
      ...(project === undefined ? {} : { project }),
      line,
    },
  ]
}
