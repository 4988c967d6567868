import { toPlain } from '../text/plain.js'
import { nameOf, plainOf, textOf } from './element-text.js'
import type { Draft } from './feed-draft.js'
import type { XmlReader } from './xml-reader.js'

function wordIn(reader: XmlReader): string {
  return reader.hasTags ? plainOf(reader, 'text') : toPlain(nameOf(reader))
}

/** A tag that is the text of its element. */
export function readWord(reader: XmlReader, draft: Draft): void {
  draft.addTag(wordIn(reader))
}

/** A category of RSS (a text) or of Atom (attributes). */
export function readCategory(reader: XmlReader, draft: Draft): void {
  const text = wordIn(reader)
  const { tag } = reader
  draft.addTag(
    tag.hasAttributes
      ? toPlain(tag.attribute('term') ?? '') || text || toPlain(tag.attribute('label') ?? tag.attribute('text') ?? '')
      : text,
  )
}

/** A category of podcasts, which may hold narrower ones. */
export function readTopic(reader: XmlReader, draft: Draft): void {
  draft.addTag(toPlain(reader.tag.attribute('text') ?? '') || (reader.hasTags ? '' : wordIn(reader)))
}

/** Several tags in one text. */
export function readKeywords(reader: XmlReader, draft: Draft): void {
  for (const word of textOf(reader).split(/[,;，；]/)) draft.addTag(toPlain(word.trim()))
}
