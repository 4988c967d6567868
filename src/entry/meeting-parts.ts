import { escapeAttribute, escapeText } from '../text/html.js'
import { clockTime } from '../text/zone.js'
import type { Meeting } from '../types.js'

/** A day or a year: posts name a meeting with its day when they announce it, and without when they look back. */
const days = /(?:19|20)\d\d(?:[-/.年] ?\d{1,2}[-/.月] ?\d{1,2} ?日?|年)?/g
/** What kind of meeting of a series it is: `（月会）`, `（第 3 次例会）`. */
const series = /\([^()]{0,12}(?:月会|周会|例会|第[^()]{1,4}[次期])\)/g

/** What tells that two announcements are of one meeting: its time and its name. Nothing for one without a time. */
export function meetingKey({ start, topic }: Meeting): string | undefined {
  const text = topic.normalize('NFKC').toLowerCase()
  const name = text
    .replace(days, '')
    .replace(series, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return start === undefined ? undefined : `event:${start} ${name || text}`
}

/** A meeting as all that tell of it have it, the first first: what one leaves out, such as the recording, the next one adds. */
export function mergeMeetings([first, ...others]: readonly Meeting[]): Meeting | undefined {
  if (first === undefined) return undefined
  const merged = { ...first }
  for (const meeting of others) Object.assign(merged, { ...meeting, ...merged })
  return merged
}

/** When it is, how to join, what about. */
export function meetingHtml({ start, end, timeZone = 'UTC', url, code, phones = [], agenda = [], replay }: Meeting): string {
  const [from, until] = [clockTime(start, timeZone), clockTime(end, timeZone)]
  const time = from === undefined ? '' : until === undefined ? from : `${from} – ${until}`
  const list = agenda.length === 0 ? '' : `<ul>${agenda.map(item => `<li>${escapeText(item)}</li>`).join('')}</ul>`
  const lines = [time === '' ? '' : `${time} (${timeZone})`, code, ...phones]
  return [...lines.map(paragraph), linkLine(url), linkLine(replay), list].join('')
}

export function paragraph(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<p>${escapeText(text)}</p>`
}

export function linkLine(url: string | undefined): string {
  return url === undefined ? '' : `<p><a href="${escapeAttribute(url)}">${escapeText(url)}</a></p>`
}
