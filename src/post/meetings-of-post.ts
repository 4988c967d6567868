import { kindOfIdentity } from '../links/link-kind.js'
import { foldChinese } from '../text/fold-chinese.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Instant, Meeting } from '../types.js'
import type { Block } from './blocks.js'
import { addressIn, withoutSessions } from './link-target.js'
import { meetingTime } from './meeting-time.js'
import type { Row } from './rows.js'
import type { Part } from './sections.js'
import { rowText, visibleText } from './visible-text.js'

/** What the lines of an announcement say, by the label before the colon. */
const labels = [
  ['topic', /^(?:会议|活动|直播|分享|日程|本期|本次)?(?:主题|テーマ|topic|subject)$/i],
  ['time', /^(?:(?:线上)?(?:会议|活动|直播|分享|日程|举办|开始))?(?:时间|日期|日时|time|when|date)$/i],
  ['code', /^(?:入会口令|会议口令|钉钉会议[令号]|腾讯会议号?|会议[令号]|会议 ?id|口令|meeting id|code)(?:[（(].{1,20}[)）])?$/i],
  [
    'url',
    /^(?:入会链接|会议链接|会议连结|报名连结|会议地址|直播链接|直播地址|直播间(?:地址)?|(?:活动|直播|会议|欢迎|点击)?报名(?:链接|地址|方式)?|活动详情|参会方式|观看(?:直播)?(?:地址|方式|链接)|链接|join|link|url|zoom)$/i,
  ],
  ['phones', /^(?:电话呼入|电话|会议电话|dial[- ]in|phone)$/i],
  ['agenda', /^(?:会议)?(?:议题|议程|内容|agenda)$/i],
  ['replay', /^(?:会议|直播|视频|活动){0,2}(?:回放|回顾|录像|录屏|视频|replay|recording)(?:地址|链接)?$/i],
] as const

type Label = (typeof labels)[number][0]

const maxAgenda = 50

/** A meeting with fields that are still being filled. */
type Draft = { -readonly [Key in keyof Meeting]?: Meeting[Key] } & { line: number; agenda?: string[]; timeFirst: boolean }

/**
 * The meetings and talks that the weekly announces or looks back on, in the sections that are for them. A line "主题：" begins one; where the
 * time stands before the topic, the line "时间：" does.
 */
export function meetingsOf(parts: readonly Part[], near: Instant | undefined, timeZone: string, offset: number): Meeting[] {
  const drafts: Draft[] = []
  for (const part of parts) {
    if (part.role !== 'events') continue
    let draft: Draft | undefined
    let inAgenda = false
    for (const block of part.blocks) {
      for (const row of block.rows) {
        const field = fieldOf(row)
        if (field && field.text !== '' && begins(field.label, draft)) {
          draft = { line: row.line + offset + 1, timeFirst: field.label === 'time' }
          drafts.push(draft)
        }
        if (field) inAgenda = field.label === 'agenda'
        if (!draft) continue
        // a room that one joins, whatever the line calls it
        const room = field?.label === 'replay' ? undefined : addressIn(row, link => kindOfIdentity(link) === 'meeting')
        if (room !== undefined) draft.url ??= room
        if (field) fill(draft, field.label, field.text, row, near, timeZone)
        else if (inAgenda && block.item) {
          if (row === block.rows[0]) addToAgenda(draft, block)
        } else if (!block.item && row.text.trim() !== '') inAgenda = false
      }
    }
  }
  return drafts.flatMap(finished)
}

/** Whether a line opens the next meeting rather than going on with this one. */
function begins(label: Label, draft: Draft | undefined): boolean {
  if (label === 'topic') return draft?.topic !== undefined || draft === undefined
  return label === 'time' && (draft === undefined || (draft.timeFirst && draft.topic !== undefined))
}

function addToAgenda(draft: Draft, block: Block): void {
  draft.agenda ??= []
  if (draft.agenda.length < maxAgenda) draft.agenda.push(cutText(toPlain(visibleText(block)), 300))
}

/** Label and text of a line "标签：文字", with or without brackets around the label. */
function fieldOf(row: Row): { label: Label; text: string } | undefined {
  const line = toPlain(rowText(row).slice(0, 600))
  const [, written, text = ''] = /^[「『【*-]{0,2}\s?([^：:「」『』【】]{2,24}?)\s?[」』】*]{0,2}\s?[:：]\s?(.*)$/.exec(line) ?? []
  if (written === undefined) return undefined
  const name = foldChinese(written)
  const label = labels.find(([, pattern]) => pattern.test(name))?.[0]
  return label && { label, text }
}

function withoutMarks(text: string): string {
  const topic = text.replace(/^[\s*_]{1,20}|[\s*_]{1,20}$/g, '')
  return /^《([^《》]*)》$/.exec(topic)?.[1] ?? topic
}

function fill(draft: Draft, label: Label, text: string, row: Row, near: Instant | undefined, timeZone: string): void {
  if (label === 'topic') draft.topic ??= withoutMarks(text)
  else if (label === 'time') {
    const time = meetingTime(foldChinese(text), near, timeZone)
    if (time.start !== undefined) Object.assign(draft, time, { timeZone })
  } else if (label === 'code') {
    const code = /\d[\d -]{3,20}\d/.exec(text)?.[0]
    if (code !== undefined) draft.code = code
  } else if (label === 'phones') {
    const phones = text.match(/\+?\d[\d-]{6,18}\d/g)
    if (phones) draft.phones = phones.slice(0, 10)
  } else if (label === 'url' || label === 'replay') {
    const url = addressIn(row)
    if (url !== undefined) draft[label] = url
  }
}

/** A topic alone, with neither time nor place, is no meeting. */
function finished({ topic, agenda, timeFirst: _, ...rest }: Draft): Meeting[] {
  if (topic === undefined || topic === '' || (rest.start ?? rest.url ?? rest.code ?? rest.replay) === undefined) return []
  return [{ topic: withoutSessions(topic), ...rest, ...(agenda === undefined ? {} : { agenda }) }]
}
