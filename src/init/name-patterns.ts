import { posix } from 'node:path'

/** The one post of a folder of its own. */
export const bundle = /^index(\.[\w-]+)?\.[a-z]+$/i

/** The folder that a post stands in; that of a folder of its own is one above. */
export function folderOf({ path }: { path: string }): string {
  return posix.dirname(bundle.test(posix.basename(path)) ? posix.dirname(path) : path)
}

/** Whether a path fits a pattern that knows `*` and one `[Ww]` alone, folder by folder. */
export function matches(pattern: string, path: string): boolean {
  const steps = path.split('/')
  const wanted = pattern.split('/')
  return steps.length === wanted.length && wanted.every((each, index) => fits(each, steps[index] ?? ''))
}

/** Whether a name fits a form with `*`, and with one `[Ww]`. */
export function fits(pattern: string, name: string): boolean {
  const [cases, ...letters] = eitherCase.exec(pattern) ?? []
  if (cases !== undefined) return letters.some(letter => fits(pattern.replace(cases, letter), name))
  const [start = '', ...parts] = pattern.split('*')
  if (parts.length === 0) return pattern === name
  const end = parts.pop() ?? ''
  if (name.length < start.length + end.length || !name.startsWith(start) || !name.endsWith(end)) return false
  let at = start.length
  for (const part of parts) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= name.length - end.length
}

const eitherCase = /\[([A-Z])([a-z])\]/

/** `*[Ww]eekly*` for `weekly`: the next issue may be called the other way. */
export function openWord(word: string): string {
  const [first = '', ...rest] = word
  return /^[a-z]/i.test(word) ? `*[${first.toUpperCase()}${first.toLowerCase()}]${rest.join('')}*` : `*${word}*`
}

/** How much a pattern tells: its length, a letter in both cases for one. */
export function tellingLength(pattern: string): number {
  return pattern.replace(eitherCase, '$1').length
}

const year = /^(?:19|20)\d\d(?:[-_.年]?\d{1,2}){0,2}[年月日]?$/
const partOfYear =
  /^(?:\d{1,2}[月日]?|q[1-4]|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ober|ember)?)$/i

/** Leaves open the folders that are years, and the months and days in them: `news/2022/Aug` → `news/*` + `/*`. */
export function openPeriods(folder: string): string {
  const steps = folder.split('/')
  const first = steps.findIndex(step => year.test(step))
  return steps.map((step, at) => (first >= 0 && at >= first && (year.test(step) || partOfYear.test(step)) ? '*' : step)).join('/')
}

/** `126-cats` → `*-cats`; what stands between numbers goes with them. */
export function openNumbers(name: string): string {
  return name.replace(/\d+/g, '*').replace(/\*(?:[-_.]?\*)+/g, '*')
}
