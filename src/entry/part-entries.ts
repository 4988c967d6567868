import { escapeAttribute, escapeText } from '../text/html.js'
import { cutText } from '../text/plain.js'
import type { Entry, EntryKind, Meeting, Post, Question, Release } from '../types.js'
import { issueOrigin, type PostPlace } from './issue-entry.js'
import { linkLine, meetingHtml, meetingKey, paragraph } from './meeting-parts.js'
import { pickDefined } from './pick-defined.js'

/** What an issue holds besides links that can be entries of their own. */
export type IssuePart = 'questions' | 'releases' | 'events'

/** The kind of entry that each part gives. Feeds have such entries only when they ask for them. */
export const partKinds = { questions: 'question', releases: 'release', events: 'event' } as const satisfies Record<IssuePart, EntryKind>

/** In the order in which an issue's parts are given. */
export const issueParts: readonly IssuePart[] = ['questions', 'releases', 'events']

/** Whether an entry is a part of an issue rather than the issue itself or a thing that it points to. */
export function isPart({ kind }: Pick<Entry, 'kind'>): boolean {
  return kind === 'question' || kind === 'release' || kind === 'event'
}

/** Whether an id is one that a part of an issue has, in a feed of ours. */
export function isPartId(id: string): boolean {
  return /#(?:question|event|release)-/.test(id)
}

const titleLength = 100

/**
 * Questions, releases and meetings of an issue as entries, in this order. Their ids stand on the issue's permalink: `#question-<who asks>`
 * (of nobody in particular: how it begins), `#event-<topic>` and `#release-<repository>-<version>`, the second of a name with `-2`; so one
 * moves only when another of its own name is put in before it. A release announced again in a later issue, and a meeting of the same name at
 * the same time, is the same entry once entries are merged.
 */
export function partEntries(post: Post, place: PostPlace, parts: readonly IssuePart[]): Entry[] {
  const name = nameParts()
  const given: Readonly<Record<IssuePart, readonly Entry[]>> = {
    questions: (post.questions ?? []).map(question =>
      questionEntry(question, name(`question-${nameOf(question.asker ?? question.question)}`), post, place),
    ),
    releases: (post.releases ?? []).map(release => releaseEntry(release, post, place)),
    events: (post.meetings ?? []).map(meeting => eventEntry(meeting, name(`event-${nameOf(meeting.topic)}`), post, place)),
  }
  return issueParts.filter(part => parts.includes(part)).flatMap(part => given[part])
}

/** Letters and digits of a text, as many as tell it from others. */
function nameOf(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-/, '')
  return encodeURIComponent([...letters].slice(0, nameLength).join('').replace(/-$/, '')) || '1'
}

/** In characters. */
const nameLength = 32

/** Tells names apart that are given more than once. */
function nameParts(): (name: string) => string {
  const times = new Map<string, number>()
  return name => {
    const count = (times.get(name) ?? 0) + 1
    times.set(name, count)
    return count === 1 ? name : `${name}-${count}`
  }
}

function questionEntry({ asker, question, answer, html, project, line }: Question, name: string, post: Post, place: PostPlace): Entry {
  return {
    ...partEntry(name, line, post, place),
    title: cutText(question, titleLength),
    authors: asker === undefined ? [] : [{ name: asker }],
    html: `<blockquote><p>${escapeText(question)}</p></blockquote>${withLink(html ?? paragraph(answer), project)}`,
    kind: 'question',
  }
}

function releaseEntry({ repository, version, url, notes, html, line }: Release, post: Post, place: PostPlace): Entry {
  const name = version === undefined ? repository : `${repository} ${version}`
  const part = partEntry(`release-${encodeURIComponent(name.replace(/[\s/]+/g, '-'))}`, line, post, place)
  return {
    ...part,
    keys: [...part.keys, `release:${repository}@${version ?? ''}`.toLowerCase()],
    ...(url === undefined ? {} : { url }),
    title: name,
    html: withLink(html ?? (notes ?? '').split('；').map(paragraph).join(''), url),
    kind: 'release',
  }
}

/** What is shown, and below it a link that is not in it. */
function withLink(html: string, url: string | undefined): string {
  return html.includes(`"${escapeAttribute(url ?? '')}"`) ? html : html + linkLine(url)
}

function eventEntry(meeting: Meeting, name: string, post: Post, place: PostPlace): Entry {
  const part = partEntry(name, meeting.line, post, place)
  const key = meetingKey(meeting)
  return {
    ...part,
    keys: key === undefined ? part.keys : [...part.keys, key],
    ...pickDefined(meeting, 'url'),
    title: meeting.topic,
    html: meetingHtml(meeting),
    kind: 'event',
    meeting,
  }
}

/** What all parts of an issue have in common. */
function partEntry(fragment: string, line: number, post: Post, place: PostPlace) {
  const { permalink } = place
  const [page = permalink] = permalink.split('#', 1)
  const day = permalink.slice(page.length + 1)
  const id = `${page}#${day === '' ? '' : `${day}-`}${fragment}`
  const section = post.sections.findLast(part => part.line <= line)?.heading
  return {
    id,
    keys: [id],
    url: permalink,
    ...pickDefined(post, 'published', 'dated', 'language'),
    authors: [],
    tags: [],
    state: 'full' as const,
    origins: [{ ...issueOrigin(post, place, section), line }] as const,
  }
}
