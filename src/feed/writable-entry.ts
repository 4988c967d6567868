import { dropAbsent } from '../text/drop-absent.js'
import { cleanText, cutText, toPlain } from '../text/plain.js'
import type { Attachment, Entry, Instant, Person } from '../types.js'
import { mediaTypeOf, trueMediaType } from './media-type.js'
import { toWebUrl } from './web-url.js'
import { toInstant } from './writable-dates.js'

/** An entry as all three formats write it: clean text, absolute addresses, true dates, nothing empty. It lives for one moment, so what it lacks is plainly undefined. */
export interface WritableEntry {
  id: string
  title: string
  link: string | undefined
  published: Instant | undefined
  updated: Instant | undefined
  /** Its own, else its account. */
  authors: readonly Person[]
  tags: readonly string[]
  summary: string | undefined
  html: string | undefined
  image: Attachment | undefined
  attachments: readonly Attachment[]
  language: string | undefined
}

const LANGUAGE = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i
const BREAKS = /[\t\n\r]+/g
/** In an address, as nearly all ids are: nothing to clean. */
const BEYOND_ADDRESSES = /[^!-~]/
/** Characters of a title made from a summary. */
const TITLE_LENGTH = 80

/**
 * Prepares an entry once for whichever format it is written in, so that the three agree.
 *
 * @param clean takes what XML forbids out of the text of the entry, the one part of it that is long. @default cleanText
 */
export function toWritableEntry(entry: Entry, clean = cleanText): WritableEntry {
  const link = toWebUrl(entry.url)
  const image = toWebUrl(entry.image)
  const summary = entry.summary === undefined ? '' : toPlain(entry.summary)
  const html = entry.html === undefined ? '' : clean(entry.html)
  const id = toId(entry.id) || link || ''
  const title = toPlain(entry.title) || cutText(summary, TITLE_LENGTH) || link || id || '(untitled)'
  const authors = toPersons(entry.authors)
  return {
    id: id || title,
    title,
    link,
    published: toInstant(entry.published),
    updated: toInstant(entry.updated),
    authors: authors.length > 0 || entry.account === undefined ? authors : toPersons([{ name: entry.account.name }]),
    tags: toTags(entry.tags),
    summary: summary || undefined,
    html: /\S/.test(html) ? html : undefined,
    image: image === undefined ? undefined : dropAbsent({ url: image, type: mediaTypeOf(image) }),
    attachments: toAttachments(entry.attachments),
    language: toLanguage(entry.language),
  }
}

/** Ids are written as they are, but for what no format can hold: forbidden characters, and breaks, which XML and readers fold. */
export function toId(id: string): string {
  if (!BEYOND_ADDRESSES.test(id)) return id
  return cleanText(id).replace(BREAKS, ' ').trim()
}

/** The language tag if it is one; `zh_CN` is read as `zh-CN`. */
export function toLanguage(language: string | undefined): string | undefined {
  const tag = language?.trim().replaceAll('_', '-')
  return tag !== undefined && LANGUAGE.test(tag) ? tag : undefined
}

/** People that have a name or an address of any kind, which then stands for the name. */
export function toPersons(persons: readonly Person[]): Person[] {
  const known: Person[] = []
  for (const person of persons) {
    const url = toWebUrl(person.url)
    const email = person.email !== undefined && EMAIL.test(person.email) ? person.email : undefined
    const name = toPlain(person.name) || email || url
    if (name === undefined) continue
    const kept: Person = { name }
    if (url !== undefined) kept.url = url
    if (email !== undefined) kept.email = email
    known.push(kept)
  }
  return known
}

/** Tags without repetition, in the order given. */
export function toTags(tags: readonly string[]): string[] {
  return tags.length === 0 ? [] : [...new Set(tags.map(toPlain))].filter(tag => tag !== '')
}

function toAttachments(attachments: readonly Attachment[] = []): Attachment[] {
  const usable: Attachment[] = []
  for (const attachment of attachments) {
    const url = toWebUrl(attachment.url)
    if (url === undefined) continue
    usable.push(
      dropAbsent({
        url,
        type: trueMediaType(attachment.type, url),
        length: toCount(attachment.length),
        title: toPlain(attachment.title ?? '') || undefined,
        duration: toCount(attachment.duration),
      }),
    )
  }
  return usable
}

/** Formats count in whole bytes and seconds, and none of either is as good as nothing known. */
function toCount(value = 0): number | undefined {
  const count = Math.round(value)
  return count > 0 && Number.isSafeInteger(count) ? count : undefined
}
