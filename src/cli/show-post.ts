import { parsePosts } from '../post/parse-post.js'
import type { LinkRef, Post } from '../types.js'
import { type Shown, tabulate } from './shown.js'

/** A weekly post: its fields, where its date came from, its sections with their links, and what else was found in it. */
export function showPost(text: string, path: string, { timeZone }: { timeZone: string }): Shown {
  const outcome = parsePosts(text, { path, timeZone })
  if (!outcome.ok) return { data: null, text: '', problems: [outcome.problem] }
  return { data: outcome.value, text: outcome.value.map(describePost).join('\n'), problems: outcome.problems ?? [] }
}

function describePost(post: Post): string {
  const { title, issue, published, dated, authors, tags, summary, image, language, draft, slug, sections } = post
  const fields = tabulate([
    ['title', title],
    ['issue', issue],
    ['date', published === undefined ? 'none is stated' : `${published}  (from ${dated?.from ?? '?'}, to the ${dated?.precision ?? '?'})`],
    ['slug', slug],
    ['authors', authors.map(author => author.name).join(', ')],
    ['tags', tags.join(', ')],
    ['summary', summary],
    ['cover', image],
    ['language', language],
    ['draft', draft ? 'yes: stays out of feeds' : undefined],
  ])
  const parts = sections.map(section => {
    const heading = section.heading || '(before the first heading)'
    return `\nline ${section.line}  ${heading}  [${section.role}${section.level === 0 ? '' : `, level ${section.level}`}]\n${section.links.map(describeLink).join('')}`
  })
  return `${fields}${parts.join('')}${describeFound(post)}`
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
