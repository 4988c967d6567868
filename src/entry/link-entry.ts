import type { Entry, LinkRef, Post } from '../types.js'
import { issueOrigin, type PostPlace } from './issue-entry.js'
import { pickDefined } from './pick-defined.js'

/**
 * The entry that a weekly's own words make of a link: title, note, where it is recommended. Its id and date are settled
 * later, once all who recommend the same thing are known.
 */
export function linkEntry(post: Post, link: LinkRef, place: PostPlace): Entry {
  return {
    id: link.url,
    keys: [link.key],
    url: link.url,
    title: link.title ?? fallbackTitle(post, link),
    authors: [],
    tags: [],
    ...pickDefined(post, 'language'),
    kind: 'article',
    state: 'partial',
    origins: [{ ...issueOrigin(post, place, link.section), ...pickDefined(link, 'line', 'note') }],
  }
}

/** A post may give a link no name: then the entry is called by where it stands, which is at least true. */
function fallbackTitle(post: Post, link: LinkRef): string {
  if (link.section === post.title) return post.title
  return [post.title, link.section || new URL(link.url).host].join(' · ')
}

/** Whether the title of an entry is the fallback of a link without a name. */
export function hasFallbackTitle(entry: Entry): boolean {
  const [origin] = entry.origins
  const issue = origin.title ?? ''
  return entry.state === 'partial' && (entry.title === issue || entry.title.startsWith(`${issue} · `))
}
