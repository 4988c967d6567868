import type { ProblemCode } from '../problem-catalogue.js'
import { utcMilliseconds } from '../text/zone.js'
import { MONTHS } from './writable-dates.js'

/** A kind of value that a format demands: how to tell it, what to call it, and the problem when it is not so. */
export interface ValueKind {
  holds: (text: string) => boolean
  /** Follows "is no". */
  name: string
  code: ProblemCode
}

const RFC_822 = new RegExp(
  `^(?:(Sun|Mon|Tue|Wed|Thu|Fri|Sat), {1,2})?(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4}|\\d\\d) ([01]\\d|2[0-3]):[0-5]\\d(?::(?:[0-5]\\d|60))? (?:GMT|UT|[ECMP][SD]T|[A-IK-Z]|[+-]\\d{4})$`,
)
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,20})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const W3C_DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,20})?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/
const WEB_URL = /^https?:\/\/[^\s<>"{}|\\^`\u0080-\uffff]+$/i
const IRI = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i
const EMAIL = /^[^\s@()<>]{1,64}@[^\s@()<>]{1,255}$/
const RSS_PERSON = /^[^\s@()<>]{1,64}@[^\s@()<>]{1,255}(?: \([^()]{0,500}\))?$/
const LANGUAGE = /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i
const MEDIA_TYPE = /^[a-z\d][a-z\d!#$&^_.+-]{0,126}\/[a-z\d][a-z\d!#$&^_.+-]{0,126}(?:\s?;.*)?$/i

function isRfc822(text: string): boolean {
  const [, weekday = '', day, month, year] = RFC_822.exec(text) ?? []
  if (day === undefined || month === undefined || year === undefined) return false
  // Years of two digits are those of the RFC's own time and ours; its successor reads them so too.
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900)
  const date = new Date(utcMilliseconds(fullYear, MONTHS.indexOf(month) + 1, Number(day), 0, 0, 0))
  return date.getUTCDate() === Number(day) && date.toUTCString().startsWith(weekday)
}

function isRfc3339(text: string): boolean {
  const [, year, month, day] = RFC_3339.exec(text) ?? []
  if (day === undefined) return false
  const date = new Date(utcMilliseconds(Number(year), Number(month), Number(day), 0, 0, 0))
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
}

const invalid = (name: string, holds: (text: string) => boolean): ValueKind => ({ name, holds, code: 'FEED_VALUE_INVALID' })
const oneOf = (...words: readonly string[]) => invalid(`value of its kind (${words.join(', ')})`, text => words.includes(text))

/** The kinds of values that feeds have. */
export const valueKinds = {
  rfc822: { holds: isRfc822, name: 'date as RFC 822 has it', code: 'FEED_DATE_INVALID' },
  rfc3339: { holds: isRfc3339, name: 'date as RFC 3339 has it', code: 'FEED_DATE_INVALID' },
  w3cDate: { holds: text => W3C_DATE.test(text), name: 'date as W3CDTF has it', code: 'FEED_DATE_INVALID' },
  webUrl: { holds: text => WEB_URL.test(text) && URL.canParse(text), name: 'absolute http(s) address', code: 'FEED_LINK_INVALID' },
  url: { holds: text => IRI.test(text) && URL.canParse(text), name: 'absolute address', code: 'FEED_LINK_INVALID' },
  reference: { holds: text => IRI.test(text) && URL.canParse(text), name: 'absolute address', code: 'FEED_LINK_RELATIVE' },
  id: { holds: text => IRI.test(text), name: 'absolute address or URN', code: 'FEED_ID_INVALID' },
  rssPerson: { holds: text => RSS_PERSON.test(text), name: 'mail address', code: 'FEED_AUTHOR_INVALID' },
  email: invalid('mail address', text => EMAIL.test(text)),
  language: invalid('language tag', text => LANGUAGE.test(text)),
  mediaType: invalid('media type', text => MEDIA_TYPE.test(text)),
  count: invalid('whole number', text => /^\d{1,15}$/.test(text)),
  truth: oneOf('true', 'false'),
  textType: oneOf('text', 'html', 'xhtml'),
  period: oneOf('hourly', 'daily', 'weekly', 'monthly', 'yearly'),
} as const satisfies Readonly<Record<string, ValueKind>>

/** Name of a kind of value. */
export type ValueKindName = keyof typeof valueKinds
