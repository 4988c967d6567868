import { parseDate } from '../text/date.js'
import type { Instant } from '../types.js'
import { decodeRepeatedly } from './decode-repeatedly.js'

const longestText = 4_000

/** A text or a number as text; empty for all else. */
export function textOf(raw: unknown): string {
  if (typeof raw === 'number') return String(raw)
  return typeof raw === 'string' ? raw.slice(0, longestText) : ''
}

/** Unix seconds, or a date in China's time. */
export function readInstant(raw: unknown): Instant | undefined {
  return parseDate(decodeRepeatedly(textOf(raw)), { timeZone: 'Asia/Shanghai' })?.instant
}
