import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parsePosts } from '../post/parse-post.js'
import { decodeText } from '../text/decode-text.js'
import type { Post } from '../types.js'

/** A Markdown file of the site that was read. */
export interface ReadPost {
  /** Relative to the working folder, with `/`, composed (NFC). */
  path: string
  post: Post
  /** The front matter as it stands, for what the post's model does not keep. */
  front: string
  /** Links to WeChat articles. */
  wechatLinks: number
  /** Whether it looks like an issue of a weekly. */
  isIssue: boolean
}

const mostBytes = 1_000_000

/** What people call what comes out again and again. */
export const periodical = /weekl(?:y|ies)|newsletter|digest|\bth(?:is|e) (?:week|month) in\b|周刊|周报|周汇|一周|双周|月刊|月报|週刊|週報/i

/** A title that is one number of a series by itself: it counts issues, as no tutorial in parts does, or is hardly more than the number. */
export const numbered = /第.{1,12}[期卷]|\d\s?期|^(?:(?:issue|no|vol|volume)\W{0,3})?[#№]?\d{1,5}$/i

/** What tells of other files, unless it holds issues itself. */
export const ofOthers = /(^|\/)(?:readme|changelog|license|contributing|_index(?:\.[\w-]+)?)\.[a-z]+$/i

/** Reads a post; nothing for a file that is none. */
export function readPost(cwd: string, onDisk: string, timeZone: string): ReadPost[] {
  const path = onDisk.normalize()
  const text = readPostText(join(cwd, onDisk))
  if (text === undefined) return []
  const outcome = parsePosts(text, { path, timeZone })
  const post = outcome.ok ? outcome.value[0] : undefined
  if (!post || !outcome.ok) return []
  if (ofOthers.test(path) && outcome.value.length < 4) return []
  const links = outcome.value.flatMap(each =>
    each.sections.flatMap(section => section.links.map(link => ({ ...link, role: section.role }))),
  )
  const wechatLinks = links.filter(link => link.kind === 'wechat').length
  const reading = links.filter(link => link.role === 'reading').length
  const isNamedSo = periodical.test(`${path} ${post.title}`)
  const front = /^(?:---|\+\+\+)\n([\s\S]{0,5000}?)\n(?:---|\+\+\+|\.\.\.)/.exec(text.replace(/\r\n/g, '\n'))?.[1] ?? ''
  return [{ path, post, front, wechatLinks, isIssue: wechatLinks >= 2 || reading >= 3 || (isNamedSo && links.length >= 3) }]
}

/** Nothing for a file that is too large, or that cannot be read: the build at the end says so. */
function readPostText(file: string): string | undefined {
  try {
    return statSync(file).size > mostBytes ? undefined : decodeText(readFileSync(file))
  } catch {
    return undefined
  }
}
