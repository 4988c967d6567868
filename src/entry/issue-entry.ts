import { identifyLink } from '../links/identify-link.js'
import type { Entry, Origin, Post } from '../types.js'
import { pickDefined } from './pick-defined.js'

/** Where a post was read: the name of the source and the address under which the issue is published. */
export interface PostPlace {
  source: string
  permalink: string
}

/** An issue of a weekly as an entry. Its id is its permalink. */
export function issueEntry(post: Post, place: PostPlace): Entry {
  const { permalink } = place
  return {
    id: permalink,
    keys: [identifyLink(permalink).key],
    url: permalink,
    title: post.title,
    ...pickDefined(post, 'published', 'dated', 'updated', 'summary', 'image', 'language'),
    authors: post.authors,
    tags: post.tags,
    html: post.html,
    kind: 'issue',
    state: 'full',
    origins: [issueOrigin(post, place)],
  }
}

/** The issue as where an entry was found. */
export function issueOrigin(post: Post, { source, permalink }: PostPlace, section = ''): Origin {
  return {
    source,
    kind: 'post',
    id: permalink,
    url: permalink,
    title: post.title,
    ...pickDefined(post, 'published'),
    ...(section === '' ? {} : { section }),
  }
}
