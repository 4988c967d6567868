import { showDay } from '../entry/present-date.js'
import { explainPost } from '../post/explain-post.js'
import { parsePosts } from '../post/parse-post.js'
import type { Dating, ExplainedField, Instant, LinkRef, Post } from '../types.js'
import { textOf } from './read-place.js'
import { describePassedOver, type Shown, type ShownInput, tabulate } from './shown.js'

/** A weekly post: its fields, where its date came from, its sections with their links, and what else was found in it. */
export function showPost({ body, place: path, timeZone, future }: ShownInput): Shown {
  const text = textOf({ body })
  const outcome = parsePosts(text, { path, timeZone })
  if (!outcome.ok) return { data: null, text: '', problems: [outcome.problem] }
  // Where posts of the future are kept, no moment is before them.
  const now = future ? '9999' : new Date().toISOString()
  const fields = explainPost(text, { path, timeZone })
  const shown = outcome.value.map(post => describePost(post, outcome.value.length === 1 ? fields : [], timeZone, now)).join('\n')
  return { data: outcome.value, fields, text: `${shown}${describePassedOver(fields)}`, problems: outcome.problems ?? [] }
}

function describePost(post: Post, explained: readonly ExplainedField[], timeZone: string, now: Instant): string {
  const from = (field: string) => {
    const place = explained.find(each => each.field === field)?.taken?.place
    return place === undefined ? '' : `  (from ${place})`
  }
  const told = (field: string, value: string | undefined) => (value === undefined || value === '' ? undefined : `${value}${from(field)}`)
  const { title, issue, published, dated, notBefore, authors, tags, summary, image, language, draft, slug, own, sections } = post
  const due = notBefore ?? published ?? ''
  const fields = tabulate([
    ['title', told('title', title)],
    ['issue', told('issue', issue)],
    ['date', published === undefined ? 'none is stated' : describeDate(published, dated, timeZone)],
    ['not before', notBefore],
    ['slug', slug],
    ...Object.entries(own ?? {}).map(([key, value]): [string, string] => [`own ${key}`, `${value}  (from front-matter)`]),
    ['authors', told('authors', authors.map(author => author.name).join(', '))],
    ['tags', told('tags', tags.join(', '))],
    ['summary', told('summary', summary)],
    ['cover', told('image', image)],
    ['language', told('language', language)],
    ['future', due > now ? `yes: stays out of feeds until ${showDay(due, timeZone)}` : undefined],
    ['draft', draft ? 'yes: stays out of feeds' : undefined],
  ])
  const parts = sections.map(section => {
    const heading = section.heading || '(before the first heading)'
    return `\nline ${section.line}  ${heading}  [${section.role}${section.level === 0 ? '' : `, level ${section.level}`}]\n${section.links.map(describeLink).join('')}`
  })
  return `${fields}${parts.join('')}${describeFound(post)}`
}

/** A day is told as the post states it, not as the instant at which it begins. */
function describeDate(published: Instant, dated: Dating | undefined, timeZone: string): string {
  const { from = '?', precision = '?' } = dated ?? {}
  const day = precision === 'day' ? showDay(published, timeZone) : undefined
  return day === undefined ? `${published}  (from ${from}, to the ${precision})` : `${day}  (from ${from}; a day in ${timeZone})`
}

function describeLink({ line, kind, title, text, url, key, note }: LinkRef): string {
  const name = title ?? `(no title; the link says “${text}”)`
  return `  line ${line}  ${name}  [${kind}]\n${tabulate(
    [
      ['', url],
      ['', key === url ? undefined : key],
      ['', note],
    ],
    '      ',
  )}`
}

/** Questions, releases and meetings. */
function describeFound({ questions = [], releases = [], meetings = [] }: Post): string {
  const rows = [
    ...questions.map(({ line, asker, question }) => `  line ${line}  question${asker ? ` of ${asker}` : ''}: ${question}\n`),
    ...releases.map(({ line, repository, version }) => `  line ${line}  release: ${repository} ${version ?? ''}\n`),
    ...meetings.map(
      ({ line, topic, start, end }) => `  line ${line}  meeting: ${topic}${start ? `  ${start}${end ? ` to ${end}` : ''}` : ''}\n`,
    ),
  ]
  return rows.length > 0 ? `\nalso found\n${rows.join('')}` : ''
}
