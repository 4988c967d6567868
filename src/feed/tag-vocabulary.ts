import type { XmlTag } from './xml-tag.js'

/** How long a tag is at most, with its `<` and `>`, that is known by its text wherever it stands. */
export const LONGEST_KNOWN = 48
const MOST_KNOWN = 2000
/** Tags, of whatever feed, by what stands between `<` and `>`: feeds resemble each other. */
const vocabulary = new Map<string, XmlTag>()

/** The tag that has this between its `<` and `>`, if one was met before. */
export function knownTag(inside: string): XmlTag | undefined {
  return vocabulary.get(inside)
}

/** Makes a tag known by what stands between its `<` and `>`. */
export function learnTag(inside: string, read: XmlTag): XmlTag {
  if (vocabulary.size >= MOST_KNOWN) vocabulary.clear()
  const tag = read.copyKnownBy(`<${inside}>`)
  vocabulary.set(tag.written.slice(1, -1), tag)
  return tag
}
