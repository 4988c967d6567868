import { parseDate } from '../text/date.js'
import type { Instant } from '../types.js'

const clock = '(上午|早上|中午|下午|晚上?|晚间)?\\s?(\\d{1,2})\\s?(?:[:：]\\s?(\\d{1,2})|[点时](?:\\s?(\\d{1,2})\\s?分?)?)'
const dayForm = /(?:(\d{4})\s?[年/.-]\s?)?(\d{1,2})\s?[月/.-]\s?(\d{1,2})\s?[日号]?/
const timeForm = new RegExp(`${clock}(?:\\s?[-–—~～至到]\\s?${clock})?`)

/** No line longer than this states a time, in UTF-16 units. */
const maxLine = 120

/**
 * Reads when a meeting is, as posts write it: "08 月 23 日 14:00 - 15:00", "2020年3月12日（周四）19:00-20:00", "3 月 22 号下午 2 点".
 * A missing year is the one that brings the day nearest to `near`, the date of the issue; without that there is none.
 */
export function meetingTime(text: string, near: Instant | undefined, timeZone: string): { start?: Instant; end?: Instant } {
  const line = text.slice(0, maxLine)
  const day = dayForm.exec(line)
  if (!day?.[2] || !day[3]) return {}
  const rest = line.slice(day.index + day[0].length)
  const time = timeForm.exec(rest)
  const year = day[1] ?? nearestYear(Number(day[2]), Number(day[3]), near)
  if (year === undefined || !time) return {}
  const date = `${year}-${day[2]}-${day[3]}`
  const at = (part: string | undefined, hour: string | undefined, minute: string | undefined) =>
    hour === undefined ? undefined : parseDate(`${date} ${hourOf(part, hour)}:${(minute ?? '0').padStart(2, '0')}`, { timeZone })?.instant
  const start = at(time[1], time[2], time[3] ?? time[4])
  const end = at(time[5] ?? time[1], time[6], time[7] ?? time[8])
  return { ...(start === undefined ? {} : { start }), ...(start === undefined || end === undefined || end <= start ? {} : { end }) }
}

/** "下午 2 点" is 14; "下午 14 点" as well. */
function hourOf(part: string | undefined, hour: string): string {
  const late = part !== undefined && /^[下晚]/.test(part) && Number(hour) < 12
  return String(Number(hour) + (late ? 12 : 0)).padStart(2, '0')
}

function nearestYear(month: number, day: number, near: Instant | undefined): string | undefined {
  if (near === undefined) return undefined
  const issue = Date.parse(near)
  const year = Number(near.slice(0, 4))
  const distance = (candidate: number) => Math.abs(Date.UTC(candidate, month - 1, day) - issue)
  return String([year - 1, year, year + 1].reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best)))
}
