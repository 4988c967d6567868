import type { Attachment } from '../types.js'
import { textOf } from './element-text.js'
import type { Draft } from './feed-draft.js'
import type { NameScope } from './feed-names.js'
import { addressOf, baseWithin } from './feed-urls.js'
import { noNames } from './name-set.js'
import type { XmlReader } from './xml-reader.js'

/** A size in bytes; what is no whole positive number is absent, and 0 says that it is not known. */
export function sizeOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined
  return Number(text) || undefined
}

/** Seconds of `180`, `3:00`, `0:03:00`; absent when it is none of them. */
export function secondsOf(text: string | undefined): number | undefined {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,7})(?:[.,]\d{0,9})?$/.exec(text?.trim() ?? '')
  if (match === null) return undefined
  return Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) || undefined
}

/** A file by Media RSS. */
export function readMediaContent(reader: XmlReader, draft: Draft): void {
  draft.isInFile = !draft.isFeed && !reader.tag.isEmpty
  const url = addressOf(reader.tag.attribute('url'), baseWithin(reader.tag.attribute('xml:base'), draft.base))
  if (url === undefined) return
  const type = reader.tag.attribute('type') ?? ''
  const length = sizeOf(reader.tag.attribute('filesize'))
  const duration = secondsOf(reader.tag.attribute('duration'))
  if (reader.tag.attribute('medium') === 'image' || (draft.isFeed && type.startsWith('image/'))) draft.setImage(url, 2)
  draft.addMedia(toAttachment(url, type, length, duration))
}

/** A file of which so much is known; an empty text, and nothing, say nothing. */
export function toAttachment(url: string, type?: string, length?: number, duration?: number, title?: string): Attachment {
  const attachment: Attachment = { url }
  if (type) attachment.type = type
  if (length !== undefined) attachment.length = length
  if (duration !== undefined) attachment.duration = duration
  if (title) attachment.title = title
  return attachment
}

export function readThumbnail(reader: XmlReader, draft: Draft): void {
  draft.setImage(addressOf(reader.tag.attribute('url') ?? textOf(reader), draft.base), 3)
}

/** The address of a picture: in an attribute, in a part called `url`, or as the only text. It leaves the reader where it was. */
export function readImage(reader: XmlReader, scope: NameScope, base: string | undefined): string | undefined {
  const stated = reader.tag.attribute('href') ?? reader.tag.attribute('url') ?? reader.tag.attribute('rdf:resource')
  if (stated !== undefined) return addressOf(stated, base)
  if (!reader.hasTags) return addressOf(textOf(reader), base)
  const { at, contentStart, contentEnd } = reader
  let url: string | undefined
  reader.at = contentStart
  while (reader.nextTag(contentEnd)) {
    if (reader.tag.isClosing) continue
    const key = scope.keyWithin(reader.tag)
    reader.readContent(noNames, contentEnd)
    if (key === 'url') url ??= addressOf(textOf(reader), base)
  }
  reader.contentStart = contentStart
  reader.contentEnd = contentEnd
  reader.at = at
  return url
}
