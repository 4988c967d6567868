import { type ParsedDate, parseDate, readMonth } from '../text/date.js'

const monthName = '(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}'

/** The ways in which names of files and headings state a whole day, each with the groups of year, month and day. */
const forms: readonly { form: RegExp; groups: readonly [year: number, month: number, day: number] }[] = [
  { form: /(?<!\d)((?:19|20)\d\d)\s?[-./_年]\s?(\d{1,2})\s?[-./_月]\s?(\d{1,2})(?!\d)/g, groups: [1, 2, 3] },
  { form: /(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)/g, groups: [1, 2, 3] },
  // a folder for the year, and below it a day or the first and the last of a week; one that crosses the year says too little
  { form: /(?<!\d)((?:19|20)\d\d)\/(?!12\d\d[-_~]01)(?:\d{4}[-_~])?(0[1-9]|1[0-2])(\d\d)(?!\d|[-_~]\d)/g, groups: [1, 2, 3] },
  { form: new RegExp(`(?<!\\d)((?:19|20)\\d\\d)[-_. ]?${monthName}[-_. ]?(\\d{1,2})(?!\\d)`, 'gi'), groups: [1, 2, 3] },
  { form: new RegExp(`(?<![a-z])${monthName}\\.?[-_ ](\\d{1,2})(?:st|nd|rd|th)?,?[-_ ]((?:19|20)\\d\\d)(?!\\d)`, 'gi'), groups: [3, 1, 2] },
  { form: new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[-_ ]${monthName}\\.?,?[-_ ]((?:19|20)\\d\\d)(?!\\d)`, 'gi'), groups: [3, 2, 1] },
]

/** "200622-200628": the first and the last day of a week or of a file of weeks, the year in two digits, as no other number is written. */
const shortSpan = /(?<!\d)(\d\d)(\d\d)(\d\d)\s?[-–~～]\s?(\d\d)(\d\d)(\d\d)(?!\d)/g

/** Days that lie further apart are no span of issues. */
const maxSpan = 400 * 86_400_000

/** No name or heading longer than this is searched, in UTF-16 units. */
const maxText = 500

const anyYear = /(?:19|20)\d\d|\d{6}\s?[-–~～]\s?\d{6}/

/** All days that a text states, in their order; what is no day of the calendar is left out. */
export function statedDates(text: string, timeZone: string): ParsedDate[] {
  const found: { at: number; date: ParsedDate }[] = []
  const searched = text.slice(0, maxText)
  if (!anyYear.test(searched)) return []
  for (const { form, groups } of forms) {
    for (const match of searched.matchAll(form)) {
      const [year, month, day] = groups.map(group => match[group] ?? '')
      const date = parseDate(`${year}-${readMonth(month ?? '')}-${day}`, { timeZone })
      if (date) found.push({ at: match.index, date })
    }
  }
  for (const match of searched.matchAll(shortSpan)) {
    const days = [match.slice(1, 4), match.slice(4, 7)].flatMap(day => parseDate(`20${day.join('-')}`, { timeZone }) ?? [])
    const [first, last] = days.map(({ instant }) => Date.parse(instant))
    if (first !== undefined && last !== undefined && last >= first && last - first <= maxSpan)
      for (const date of days) found.push({ at: match.index, date })
  }
  return found.sort((one, other) => one.at - other.at).map(({ date }) => date)
}
