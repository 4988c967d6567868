/** The ways in which titles and names of files give the number of an issue; the first that matches counts. */
const inTitles: readonly RegExp[] = [
  /第\s{0,3}(\d{1,5})\s{0,3}[期号卷回次]/,
  /第\s{0,3}([零〇一二三四五六七八九十百千两]{1,9})\s{0,3}[期卷]/,
  /(?:^|[^\p{L}])(?:issue|no|vol|volume|number|episode|ep)\s{0,2}[.:#№-]?\s{0,2}(\d{1,5})(?![\d]|[-/.]\d)/iu,
  /(?:weekly|newsletter|digest|周[刊报]|月[刊报]|双周刊|week in [\w+#.-]{1,30}|month in [\w+#.-]{1,30})\s{0,3}[-–—:：·#]?\s{0,3}(\d{1,4})(?![\d]|\s?[-/.年月]\s?\d|\s?[年月])/i,
  /[#＃№]\s?(\d{1,5})(?!\d)/,
  /(?:^|\s)(\d{1,4})\s?期/,
]

const inNames: readonly RegExp[] = [
  /第\s?(\d{1,5})\s?[期号]/,
  /(?:^|[^a-z])(?:issue|no|vol|weekly|week|episode|number|newsletter|week-in-[\w+]{1,20})[-_. #]{0,2}0{0,4}(\d{1,4})(?!\d|[-_.]\d{1,2}(?!\d))/i,
  /^#0{0,4}(\d{1,5})(?!\d)/,
  /^0{0,4}(\d{1,4})(?=[-_. ]\D|$)/,
  /^[\p{L}]{2,30}[-_]?0{0,4}(\d{1,4})$/u,
]

/** Words behind which a number is that of an issue, whatever it looks like. */
const label = '(?:issue|no|vol|volume|number|episode)[-_. #]{0,2}'
const labelled = new RegExp(`第\\s?\\d|(?:^|[^a-z])${label}\\d`, 'i')

/** `0430` in a name. */
const monthAndDay = new RegExp(`(?<!\\d)(?<!${label})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d)`, 'gi')

/**
 * The number of the issue: from a key of the front matter, the title, or the name of the file; as a decimal number without leading zeros.
 * A year is none; nor is in a name what can be a month with a day (`0430`), or repeats the day of the date before it (`2018-02-05-weekly-05`) or in
 * the path (`2018/02/05/index.md`), unless a word says that it is one (`2018/02/05-issue-5.md`).
 */
export function issueNumber(stated: string | undefined, titles: readonly string[], slug: string, path = ''): string | undefined {
  const own = /^#?0{0,4}(\d{1,6})$/.exec(stated ?? '')?.[1]
  if (own !== undefined) return own
  for (const title of titles) {
    const number = firstNumber(inTitles, title.slice(0, 300))
    if (number !== undefined) return number
  }
  const name = slug.slice(0, 200)
  const day = dayInPath.exec(`${path}/${name}`)?.[1]
  const number = firstNumber(inNames, name.replace(monthAndDay, ''))
  return number === day && !labelled.test(name) ? undefined : number
}

/** A day in a name that begins with a date, or in folders of a year and of its month. */
const dayInPath = /(?:^|[/\\])\d{4}[-/\\][01]?\d[-/\\]0?([12]?\d|3[01])(?!\d)/

function firstNumber(forms: readonly RegExp[], text: string): string | undefined {
  for (const form of forms) {
    const digits = form.exec(text)?.[1]
    if (digits === undefined) continue
    const number = /^\d/.test(digits) ? Number(digits) : chineseNumber(digits)
    if (number > 0 && !(number >= 1900 && number <= 2100)) return String(number)
  }
  return undefined
}

const digitsOf = '零一二三四五六七八九'
const unitsOf = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])

/** Reads 一百二十三, 十二 and 一二三. */
function chineseNumber(text: string): number {
  const signs = [...text.replaceAll('〇', '零').replaceAll('两', '二')]
  if (!signs.some(sign => unitsOf.has(sign))) return Number(signs.map(sign => digitsOf.indexOf(sign)).join(''))
  let total = 0
  let digit = 0
  for (const sign of signs) {
    const unit = unitsOf.get(sign)
    if (unit === undefined) digit = digitsOf.indexOf(sign)
    else {
      total += (digit || 1) * unit
      digit = 0
    }
  }
  return total + digit
}
