import { assertTimeZone, showDay } from '../entry/present-date.js'
import { type Pictures, readPicturePolicy } from '../entry/present-pictures.js'
import { toWebUrl } from '../feed/web-url.js'
import { toInstant } from '../feed/writable-dates.js'
import { toLanguage } from '../feed/writable-entry.js'
import { cutText, toPlain } from '../text/plain.js'
import type { Entry, Instant } from '../types.js'
import type { PageOptions } from './page-options.js'
import { wordsLanguage } from './page-texts.js'

/** A day of the calendar, `YYYY-MM-DD`, in the page's zone. */
export type Day = string

/** An entry as a line of the page. */
export interface PageItem {
  title: string
  /** Absolute http(s) address; absent when the entry has none. */
  url?: string
  /** Name of the account or, failing that, of the feed or host that it is from. */
  by?: string
  /** Names the account; absent when that is not known. */
  account?: string
  day?: Day
  /** The day is worked out, or that of the issue. */
  isAbout: boolean
  /** What the weekly says of it, else its summary; short. */
  note?: string
  /** An earlier issue has recommended it already. */
  isAgain?: boolean
  /** Absolute address of the cover. */
  cover?: string
  /** Tag of a language that is not that of the page's own words. */
  language?: string
}

/** How the page shows what it is given. */
export interface PageView {
  /** Of the page's own words. */
  language: string
  /** Of entries that do not say theirs. */
  usualLanguage: string
  timeZone: string
  pictures: Pictures
}

/** In characters; what is longer is cut. */
export const TITLE_LENGTH = 200
const NOTE_LENGTH = 140
/** Hosts whose name tells a reader nothing. */
const MUTE_HOSTS: ReadonlySet<string> = new Set(['mp.weixin.qq.com'])

/** Reads the options once for all entries. Throws a `WeekloomError` for options that mean nothing. */
export function pageView(options: PageOptions, usualLanguage: string): PageView {
  const { images = 'no-referrer', rewriteImage, timeZone = 'UTC' } = options
  assertTimeZone(timeZone)
  return { language: wordsLanguage(usualLanguage), usualLanguage, timeZone, pictures: readPicturePolicy(images, rewriteImage) }
}

/** Prepares an entry: clean and short texts, absolute addresses, a day, nothing empty. */
export function toPageItem(entry: Entry, note: string | undefined, view: PageView): PageItem {
  const url = toWebUrl(entry.url)
  const said = short(note) ?? short(entry.summary)
  const title = cutText(toPlain(entry.title), TITLE_LENGTH) || said || url || entry.id
  const { account, by } = originOf(entry, url)
  const day = toDay(entry.published, view)
  const cover = toCover(entry.image, view)
  const language = toLanguage(entry.language) ?? view.usualLanguage
  return {
    title,
    ...(url === undefined ? {} : { url }),
    ...(by === undefined ? {} : { by }),
    ...(account === undefined ? {} : { account }),
    ...(day === undefined ? {} : { day }),
    isAbout: entry.dated?.estimated === true || entry.dated?.from === 'issue' || entry.dated?.from === 'first-seen',
    ...(said === undefined || said === title ? {} : { note: said }),
    ...(cover === undefined ? {} : { cover }),
    ...(language === view.language ? {} : { language }),
  }
}

export function toDay(published: Instant | undefined, { timeZone }: PageView): Day | undefined {
  const instant = toInstant(published)
  const day = instant === undefined ? undefined : showDay(instant, timeZone)
  return day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined
}

function toCover(image: string | undefined, { pictures }: PageView): string | undefined {
  const url = toWebUrl(image)
  return url === undefined ? undefined : toWebUrl(pictures.rewrite(url) ?? url)
}

function originOf({ account, origins }: Entry, url: string | undefined): { account?: string; by?: string } {
  const name = toPlain(account?.name ?? '')
  if (name !== '') return { account: account?.id ?? name, by: name }
  const feed = toPlain(origins.find(({ kind }) => kind === 'feed')?.title ?? '')
  if (feed !== '') return { account: feed, by: feed }
  const host = url === undefined ? '' : new URL(url).hostname.replace(/^www\./, '')
  return host === '' || MUTE_HOSTS.has(host) ? {} : { by: host }
}

function short(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cutText(toPlain(text), NOTE_LENGTH) || undefined
}
