import { anEntry } from '../feed/entry-form.js'
import { aFunction, assertForm, aText, oneOf, optionsOf } from '../text/form.js'
import { escapeAttribute, escapeText, htmlToText } from '../text/html.js'
import { cutText, toPlain } from '../text/plain.js'
import { resolveUrl } from '../text/url.js'
import type { Entry, Origin } from '../types.js'
import { normaliseTitle } from './normalise-title.js'
import { isPart } from './part-entries.js'
import { assertTimeZone, showDay } from './present-date.js'
import { type PicturePolicy, type Pictures, type RewriteImage, readPicturePolicy, showsPicture, treatPictures } from './present-pictures.js'

/** How an entry is shown. */
export interface PresentOptions {
  /** How much of the text: all that the entry has, its summary, or nothing but where it comes from. @default 'full' */
  content?: 'full' | 'summary' | 'title'
  /** @default 'no-referrer' */
  images?: PicturePolicy
  /** Gives a picture's new address, or `undefined` where it stays; asked before `images`. */
  rewriteImage?: RewriteImage
  /** IANA name of the zone that dates are shown in. @default 'UTC' */
  timeZone?: string
  /** BCP 47 tag: the lines are Chinese for `zh`, else English. @default 'en' */
  language?: string
}

const anyOptions = /* @__PURE__ */ optionsOf<PresentOptions>(() => ({
  content: oneOf('full', 'summary', 'title'),
  images: aText,
  rewriteImage: aFunction,
  timeZone: aText,
  language: aText,
}))

/** What stands at the head of a presented entry, once. The sanitizer lets no such class through, so no text of others can claim it. */
const HEAD = '<div class="weekloom">'
const HEAD_END = '</div>'

type Relation = 'recommended' | 'part' | 'listed'

interface Words {
  relation: Readonly<Record<Relation, string>>
  about: (date: string) => string
}

const CHINESE: Words = { relation: { recommended: '推荐于', part: '见于', listed: '来自' }, about: date => `约 ${date}` }
const ENGLISH: Words = { relation: { recommended: 'Recommended in', part: 'From', listed: 'Listed in' }, about: date => `about ${date}` }

/**
 * Gives an entry the form that its reader sees. `html` becomes a head, in a `div` of class `weekloom`, and the text behind it. The head has
 * the cover, unless the text shows the same picture; the account and the day; for each issue or feed that has the entry a line that says
 * so, with its section; and what the weekly says of it. An issue shows itself: only its pictures are treated, and `content` is not asked.
 * An entry without a summary gets the beginning of what it shows.
 *
 * Pure: the same entry and options give the same bytes. It is the last step before writing, since the given `html` is trusted to be
 * sanitised. An entry that has been presented already gets no second head: then only its pictures are treated.
 * Throws a `WeekloomError` for what is no entry, and for options that mean nothing.
 */
export function presentEntry(entry: Entry, options: PresentOptions = {}): Entry {
  assertForm(entry, anEntry, 'The entry to present')
  assertForm(options, anyOptions, 'The options of presenting')
  assertTimeZone(options.timeZone ?? 'UTC')
  const pictures = readPicturePolicy(options.images ?? 'no-referrer', options.rewriteImage)
  const { html, image, summary, ...rest } = entry
  const cover = image === undefined ? undefined : (pictures.rewrite(image) ?? image)
  const isTitleOnly = options.content === 'title' && entry.kind !== 'issue'
  const shown = entry.kind === 'issue' || isPresented(html) ? treatPictures(html ?? '', pictures) : compose(entry, options, pictures)
  return {
    ...rest,
    ...(isTitleOnly ? {} : summaryOf(summary, shown)),
    ...(shown === '' ? {} : { html: shown }),
    ...(cover === undefined ? {} : { image: cover }),
  }
}

/** Whether the HTML begins with the head that {@link presentEntry} makes. */
export function isPresented(html: string | undefined): html is string {
  return html?.startsWith(HEAD) === true
}

/** Divides what {@link presentEntry} made into its head and the text behind it. */
export function splitPresented(html: string): { head: string; text: string } {
  const end = isPresented(html) ? html.indexOf(HEAD_END) + HEAD_END.length : 0
  return { head: html.slice(0, end), text: html.slice(end) }
}

function compose(entry: Entry, { content = 'full', timeZone = 'UTC', language = 'en' }: PresentOptions, pictures: Pictures): string {
  const words = /^zh\b/i.test(language) ? CHINESE : ENGLISH
  const text =
    content === 'title' ? '' : content === 'full' && entry.html !== undefined ? entry.html : paragraph(escapeText(entry.summary ?? ''))
  let head = content === 'title' ? '' : headLine(coverOf(entry, text))
  head += headLine(paragraph(byline(entry, timeZone, words)))
  for (const line of new Set(entry.origins.map(origin => originLine(entry, origin, words)))) head += headLine(paragraph(line))
  if (content !== 'title')
    for (const note of notesOf(entry, text)) head += headLine(`<blockquote>${paragraph(escapeText(note))}</blockquote>`)
  return treatPictures(head === '' ? text : `${HEAD}${head}${HEAD_END}${text}`, pictures)
}

/** So much HTML holds a summary's worth of text. */
const beginning = 5000
const summaryLength = 200

/** Lists of entries show a summary: where there is none, the beginning of the text, or where the entry comes from. */
function summaryOf(summary: string | undefined, shown: string): { summary?: string } {
  if (summary !== undefined) return { summary }
  const { head, text } = splitPresented(shown)
  const plain = toPlain(htmlToText(text.slice(0, beginning))) || toPlain(htmlToText(head))
  return plain === '' ? {} : { summary: cutText(plain, summaryLength) }
}

function paragraph(html: string): string {
  return html === '' ? '' : `<p>${html}</p>`
}

/** Readers that show the beginning of a text in their lists drop the tags: a line break is what then keeps its lines apart. */
function headLine(html: string): string {
  return html === '' ? '' : `${html}\n`
}

function coverOf({ image }: Entry, text: string): string {
  const url = image === undefined ? undefined : resolveUrl(image)
  return url === undefined || showsPicture(text, url) ? '' : `<p><img src="${escapeAttribute(url)}" alt=""></p>`
}

function byline({ account, published, dated }: Entry, timeZone: string, words: Words): string {
  const day = published === undefined ? undefined : showDay(published, timeZone)
  // A date that is worked out, or that of the issue, is not the day on which the article appeared.
  const isInexact = dated?.estimated === true || dated?.from === 'issue' || dated?.from === 'first-seen'
  const date = day !== undefined && isInexact ? words.about(day) : day
  return [account?.name, date].flatMap(part => (part ? [escapeText(part)] : [])).join(' · ')
}

function originLine(entry: Entry, origin: Origin, words: Words): string {
  const url = origin.url === undefined ? undefined : resolveUrl(origin.url)
  const name = origin.title ?? (url === undefined ? '' : origin.source)
  // A list of articles that the owner keeps says nothing to readers, and no post comes from itself.
  if (origin.kind === 'article' || name === '' || (origin.kind === 'post' && origin.id === entry.id)) return ''
  const relation: Relation = origin.kind === 'feed' ? 'listed' : isPart(entry) ? 'part' : 'recommended'
  const link = url === undefined ? escapeText(name) : `<a href="${escapeAttribute(url)}">${escapeText(name)}</a>`
  const section = namesSection(origin, entry) ? ` · ${escapeText(origin.section ?? '')}` : ''
  return `${words.relation[relation]} ${link}${section}`
}

/** Shorter titles stand in headings by chance. */
const shortestName = 5

/** Whether there is a section, and its heading says more than the titles beside it: of the issue, or of the one thing that stands below it. */
function namesSection({ section = '', title = '' }: Origin, entry: Entry): boolean {
  const [heading, own] = [normaliseTitle(section), normaliseTitle(entry.title)]
  const saysTitle = heading === own || (own.length >= shortestName && heading.includes(own))
  return section !== '' && heading !== normaliseTitle(title) && !saysTitle
}

/** The weeklies' notes, each once; one that is the text itself is not said twice. */
function notesOf(entry: Entry, text: string): string[] {
  const notes = new Set<string>()
  for (const { note } of entry.origins) if (note !== undefined && note !== '' && text !== paragraph(escapeText(note))) notes.add(note)
  return [...notes]
}
