import { languageOf } from '../text/language.js'
import { toPlain } from '../text/plain.js'
import type { ExplainedField, Post, StatedAt } from '../types.js'
import { statedDatesOfPost } from './date-of-post.js'
import { frontAuthors, frontImage, frontTags, frontText } from './front-fields.js'
import { openPost, type ParsePostOptions, parsePost } from './parse-post.js'
import { languageOfPath, slugOf } from './post-path.js'
import { titleHeading } from './title-of-post.js'
import { visibleText } from './visible-text.js'

/**
 * Where each field of a post was taken from, and what the places say that were passed over. Pure, and slower than `parsePost`; of a file with
 * several issues the front matter and the names are told, which they share. Empty for a text that is too long for a post.
 */
export function explainPost(text: string, options: ParsePostOptions = {}): readonly ExplainedField[] {
  const open = openPost(text, options)
  const parsed = parsePost(text, options)
  if (!open.ok || !parsed.ok) return []
  const { split, blocks } = open.value
  const { data } = split
  const post = parsed.value
  const stated = frontText(data, 'title')
  const heading = titleHeading(blocks, stated)
  const title = heading ? toPlain(visibleText(heading)) : undefined
  const titles = [stated ?? title ?? '', title ?? '']
  const { path } = options
  const dates = statedDatesOfPost({ data, path, titles, blocks }, options.timeZone ?? 'UTC')
  const rows: readonly [keyof Post, string | undefined, readonly (readonly [place: string, value: string | undefined])[]][] = [
    [
      'title',
      post.title,
      [
        ['front-matter', stated],
        ['heading', title],
        ['file-name', slugOf(path)],
      ],
    ],
    [
      'issue',
      post.issue,
      [
        ['front-matter', frontText(data, 'issue')],
        ['title or file-name', post.issue],
      ],
    ],
    ['published', post.published, dates.map(({ place, value }) => [place, value])],
    ['updated', post.updated, [['front-matter', frontText(data, 'updated')]]],
    ['authors', list(post.authors.map(author => author.name)), [['front-matter', list(frontAuthors(data).map(author => author.name))]]],
    ['tags', list(post.tags), [['front-matter', list(frontTags(data))]]],
    ['summary', post.summary, [['front-matter', frontText(data, 'summary')]]],
    [
      'image',
      post.image,
      [
        ['front-matter', frontImage(data)],
        ['section', post.image],
      ],
    ],
    [
      'language',
      post.language,
      [
        ['front-matter', languageOf(frontText(data, 'language'))],
        ['path', languageOfPath(path)],
      ],
    ],
  ]
  return rows.map(([field, value, places]) => explain(field, value, places))
}

function list(values: readonly string[]): string | undefined {
  return values.length > 0 ? values.join(', ') : undefined
}

/** The first place that states the field was believed; others that say something else were passed over. */
function explain(field: string, value: string | undefined, places: readonly (readonly [string, string | undefined])[]): ExplainedField {
  const stated = places.flatMap(([place, said]): StatedAt[] => (said === undefined || said === '' ? [] : [{ place, value: said }]))
  const [taken] = stated
  return {
    field,
    ...(value === undefined || !taken ? {} : { taken: { place: taken.place, value } }),
    passedOver: stated.slice(1).filter(other => other.value !== taken?.value && other.value !== value),
  }
}
