import { compareText } from '../entry/canonical-order.js'
import { toWebUrl } from '../feed/web-url.js'
import { compareNatural } from '../text/natural-order.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Entry, Origin } from '../types.js'
import { type Day, type PageItem, type PageView, TITLE_LENGTH, toDay, toPageItem } from './page-item.js'

/** An issue with the articles that it recommends or, for articles of no issue, a week of the calendar. */
export interface PageWeek {
  /** Of the issue, without the site's name; absent for a week of the calendar. */
  title?: string
  url?: string
  /** Of the issue, or the Monday of the week; absent for entries without a date. */
  day?: Day
  /** The Sunday of a week of the calendar. */
  until?: Day
  note?: string
  items: PageItem[]
}

/** An article can have been recommended any number of times; so many of its newest issues show it. */
const MAX_ISSUES = 8
const DAY = 86_400_000

/** A week that is being filled; `line` is where the issue names the article. */
interface OpenWeek {
  week: Omit<PageWeek, 'items'>
  lines: { line: number; item: PageItem }[]
}

/** Puts entries under the issues that recommend them, in the order of the issue, and others under the week of their date; newest week first. */
export function groupByWeek(entries: readonly Entry[], siteTitle: string, view: PageView): PageWeek[] {
  const weeks = new Map<string, OpenWeek>()
  const weekOf = (key: string, make: () => OpenWeek['week']) => {
    const open = weeks.get(key) ?? { week: make(), lines: [] }
    weeks.set(key, open)
    return open
  }
  for (const entry of entries) {
    if (entry.kind !== 'issue') continue
    const { note } = toPageItem(entry, undefined, view)
    const isSaid = note !== undefined && !entry.title.includes(note)
    weekOf(`issue ${entry.id}`, () => ({ ...issueWeek(entry, siteTitle, view), ...(isSaid ? { note } : {}) }))
  }
  for (const entry of entries) {
    if (entry.kind === 'issue') continue
    const issues = issuesOf(entry)
    for (const [index, { key, origin }] of issues.slice(0, MAX_ISSUES).entries()) {
      const isAgain = index < issues.length - 1
      const item = { ...toPageItem(entry, origin.note, view), ...(isAgain ? { isAgain } : {}) }
      weekOf(`issue ${key}`, () => issueWeek(origin, siteTitle, view)).lines.push({ line: origin.line ?? 0, item })
    }
    if (issues.length > 0) continue
    const item = toPageItem(entry, entry.origins[0].note, view)
    const monday = item.day === undefined ? undefined : shiftDay(item.day, -((new Date(item.day).getUTCDay() + 6) % 7))
    weekOf(`week ${monday}`, () => calendarWeek(monday)).lines.push({ line: 0, item })
  }
  const days = daysOfIssues(entries, view)
  const placed = [...weeks].map(([key, open]) => ({
    key,
    open,
    isDated: open.week.day !== undefined,
    day: open.week.day ?? days.get(key) ?? '',
  }))
  return placed
    .sort((a, b) => compareText(b.day, a.day) || Number(a.isDated) - Number(b.isDated) || compareNatural(b.key, a.key))
    .map(({ open: { week, lines } }) => ({ ...week, items: lines.sort((a, b) => a.line - b.line).map(({ item }) => item) }))
}

/** By the key of an issue: its day, else that of the issue that follows in the order of entries, above which it stands. */
function daysOfIssues(entries: readonly Entry[], view: PageView): Map<string, Day> {
  const days = new Map<string, Day>()
  let before: Day | undefined
  for (const { id, kind, published } of entries.toReversed()) {
    if (kind !== 'issue') continue
    before = toDay(published, view) ?? before
    if (before !== undefined) days.set(`issue ${id}`, before)
  }
  return days
}

/** The issues that recommend an entry, each once, the newest first. */
function issuesOf({ origins }: Entry): { key: string; origin: Origin }[] {
  const issues = new Map<string, Origin>()
  for (const origin of origins) {
    const key = origin.id ?? origin.url ?? origin.title
    if (origin.kind === 'post' && key !== undefined && !issues.has(key)) issues.set(key, origin)
  }
  return [...issues]
    .map(([key, origin]) => ({ key, origin }))
    .sort((a, b) => compareText(b.origin.published ?? '', a.origin.published ?? ''))
}

function issueWeek(
  { title, url, id, published }: Pick<Origin, 'title' | 'url' | 'id' | 'published'>,
  siteTitle: string,
  view: PageView,
): OpenWeek['week'] {
  const address = toWebUrl(url) ?? toWebUrl(id)
  const day = toDay(published, view)
  return {
    title: cutText(withoutSiteTitle(toPlain(title ?? '') || (address ?? id ?? ''), siteTitle), TITLE_LENGTH),
    ...(address === undefined ? {} : { url: address }),
    ...(day === undefined ? {} : { day }),
  }
}

function calendarWeek(monday: Day | undefined): OpenWeek['week'] {
  return monday === undefined ? {} : { day: monday, until: shiftDay(monday, 6) }
}

/** The name that stands at the head of the page is not said again before each title. */
function withoutSiteTitle(title: string, siteTitle: string): string {
  if (siteTitle === '' || !title.toLowerCase().startsWith(siteTitle.toLowerCase())) return title
  const rest = /^\s*[|｜:：·—–-]+\s*(\S.*)$/su.exec(title.slice(siteTitle.length))?.[1]
  return rest ?? title
}

function shiftDay(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}
