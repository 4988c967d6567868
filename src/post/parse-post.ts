import { failed, makeProblem, type Outcome, type Problem, type Where } from '../problems.js'
import { assertInput } from '../text/assert-input.js'
import { parseDate } from '../text/date.js'
import { dropAbsent } from '../text/drop-absent.js'
import { aFunction, assertForm, aText, aValue, optionsOf } from '../text/form.js'
import { languageOf } from '../text/language.js'
import { cleanText, toPlain } from '../text/plain.js'
import { localDay } from '../text/zone.js'
import type { Post, Section } from '../types.js'
import { type Block, blocksOf } from './blocks.js'
import { coverOfPost } from './cover-of-post.js'
import { dateOfPost } from './date-of-post.js'
import { excerptsOf } from './excerpts.js'
import { type FrontField, frontAddress, frontAuthors, frontTags, frontText, isDraft } from './front-fields.js'
import { type SplitPost, splitFrontMatter } from './front-matter.js'
import { issueNumber } from './issue-number.js'
import { linksOf } from './links.js'
import { type Markdown, type Resolve, readMarkdown } from './markdown.js'
import { meetingsOf } from './meetings-of-post.js'
import { htmlOf } from './post-html.js'
import { languageOfPath, slugOf } from './post-path.js'
import { questionsOf } from './questions-of-post.js'
import { releasesOf } from './releases-of-post.js'
import { isRoles, type RolePatterns } from './section-roles.js'
import { partsOf } from './sections.js'
import { type Issue, issuesIn } from './split-issues.js'
import { issueName, nameOfIssue, titleHeading } from './title-of-post.js'
import { visibleText } from './visible-text.js'

/** A post longer than this is not read, in UTF-16 units: about one megabyte of English, and more than any weekly's whole year. The catalogue of problems states it. */
export const maxPostLength = 1024 * 1024

/** What is known of a post beside its text. */
export interface ParsePostOptions {
  /** Path of the file, for its slug, for dates and numbers in names, and for problems. */
  path?: string
  /** The post's permalink; relative links are resolved against it. */
  url?: string
  /** Another address for that of a link or a picture in the Markdown, or of the cover, as it is written; nothing where it stays. */
  resolve?: Resolve
  /** IANA name of the zone that dates without one are read in. @default 'UTC' */
  timeZone?: string
  /** More names of sections, by role; they go before the built-in ones. */
  roles?: RolePatterns
}

const anyOptions = /* @__PURE__ */ optionsOf<ParsePostOptions>(() => ({
  path: aText,
  url: aText,
  resolve: aFunction,
  timeZone: aText,
  roles: aValue('lists of names by role', isRoles),
}))

/** A post taken apart, before its fields are read. */
interface OpenPost {
  split: SplitPost
  markdown: Markdown
  blocks: Block[]
  lines: string[]
}

/**
 * Reads one weekly post: front matter, date, title, sections with their links and what the post calls the linked things, and clean HTML.
 * Never throws for a text, a `WeekloomError` for anything else.
 *
 * Problems: `POST_TOO_LARGE` (no post), `POST_FRONT_MATTER_BROKEN`, `POST_TITLE_MISSING`, `POST_DATE_…`, `LINK_MENDED`, `LINK_INVALID`.
 */
export function parsePost(text: string, options: ParsePostOptions = {}): Outcome<Post> {
  const outcome = openPost(text, options)
  if (!outcome.ok) return outcome
  const { value: open } = outcome
  const problems = [...open.split.problems]
  const post = readPost(open, options, problems)
  return problems.length > 0 ? { ok: true, value: post, problems } : { ok: true, value: post }
}

/**
 * Like {@link parsePost}, for a file that may hold several issues: when most headings of a level state a date, each begins an issue.
 * A file with one issue gives one post.
 */
export function parsePosts(text: string, options: ParsePostOptions = {}): Outcome<Post[]> {
  const outcome = openPost(text, options)
  if (!outcome.ok) return outcome
  const { value: open } = outcome
  const problems = [...open.split.problems]
  const { issues, problems: doubts } = issuesIn(open.blocks, {
    data: open.split.data,
    path: options.path,
    timeZone: options.timeZone ?? 'UTC',
    where: whereOf(options),
    offset: open.split.offset,
  })
  problems.push(...doubts)
  const posts = issues.length > 1 ? issues.map(issue => readPost(open, options, problems, issue)) : [readPost(open, options, problems)]
  return problems.length > 0 ? { ok: true, value: posts, problems } : { ok: true, value: posts }
}

function whereOf(options: ParsePostOptions): Where {
  return dropAbsent({ file: options.path, url: options.url })
}

/** Takes a file apart: front matter, Markdown, blocks. `POST_TOO_LARGE` for one that is too long. */
export function openPost(text: string, options: ParsePostOptions): Outcome<OpenPost> {
  assertInput(typeof text === 'string', 'The post', text, 'a text')
  assertForm(options, anyOptions, 'The options of the post')
  if (text.length > maxPostLength) {
    return failed(makeProblem('POST_TOO_LARGE', whereOf(options), `The post has ${text.length} characters, more than ${maxPostLength}.`))
  }
  const start = text.startsWith('\ufeff') ? text.slice(1) : text
  const clean = cleanText(start.includes('\r') ? start.replace(/\r\n?/g, '\n') : start)
  const split = splitFrontMatter(clean, whereOf(options))
  const markdown = readMarkdown(split.body, options.url, options.resolve)
  return { ok: true, value: { split, markdown, blocks: blocksOf(markdown), lines: clean.split('\n') } }
}

/** Reads the whole file as one post, or one of its issues. */
function readPost(open: OpenPost, options: ParsePostOptions, problems: Problem[], issue?: Issue): Post {
  const { data, offset } = open.split
  const { path, url, timeZone = 'UTC' } = options
  const where = whereOf(options)
  const blocks = issue?.blocks ?? open.blocks
  const slug = slugOf(path)
  const stated = issue ? undefined : frontText(data, 'title')
  const titleBlock = issue?.heading ?? titleHeading(blocks, stated)
  const heading = titleBlock ? toPlain(visibleText(titleBlock)) : ''
  const title = stated ?? (issue ? nameOfIssue(heading, open.blocks, data) : heading)
  if (title === '') problems.push(makeProblem('POST_TITLE_MISSING', where, `The post has no title; "${slug}" is taken for it.`))
  const date = issue ?? dateOfPost({ data, path, titles: [title, heading], blocks }, timeZone, where)
  problems.push(...date.problems)
  const momentIn = (field: FrontField) => parseDate(frontText(data, field) ?? '', { timeZone })?.instant
  const notBefore = momentIn('notBefore')
  const number = issueNumber(
    issue ? undefined : frontText(data, 'issue'),
    title === heading ? [title] : [title, heading],
    issue ? '' : slug,
    path,
  )
  const parts = partsOf(blocks, options.roles, titleBlock, issue !== undefined || number !== undefined || issueName.test(heading))
  const sections: Section[] = []
  for (const part of parts) {
    const read = linksOf(part, { lines: open.lines, offset, where, base: url })
    problems.push(...read.problems)
    sections.push({ heading: part.heading, level: part.level, line: part.line + offset + 1, role: part.role, links: read.links })
  }
  const excerpts = excerptsOf({ ...open.markdown, tokens: open.markdown.tokens.slice(0, issue?.to) }, options)
  const questions = questionsOf(parts, offset, excerpts)
  const releases = releasesOf(parts, sections, offset, excerpts)
  const meetings = meetingsOf(parts, date.published, timeZone, offset)
  return dropAbsent({
    path,
    slug,
    url,
    title: title === '' ? slug : title,
    issue: number,
    published: date.published,
    dated: date.dated,
    notBefore: notBefore === undefined || notBefore <= (date.published ?? '') ? undefined : notBefore,
    updated: momentIn('updated'),
    authors: frontAuthors(data),
    tags: frontTags(data),
    summary: issue ? undefined : frontText(data, 'summary'),
    image: coverOfPost(data, parts, options),
    language: languageOf(frontText(data, 'language')) ?? languageOfPath(path),
    own: issue ? undefined : frontAddress(data, () => localDay(date.published, timeZone)),
    draft: isDraft(data) || /(?:^|[/\\])_drafts[/\\]/.test(path ?? ''),
    html: htmlOf(bodyTokens(open, stated ?? heading, issue, titleBlock), open.markdown, url),
    sections,
    questions: questions.length > 0 ? questions : undefined,
    releases: releases.length > 0 ? releases : undefined,
    meetings: meetings.length > 0 ? meetings : undefined,
  })
}

/** The tokens of the body, without the heading that is the title already. */
function bodyTokens(open: OpenPost, title: string, issue: Issue | undefined, titleBlock: Block | undefined): Markdown['tokens'] {
  const tokens = issue ? open.markdown.tokens.slice(issue.from, issue.to) : open.markdown.tokens
  const first = tokens[0]
  const opensWithTitle = first?.type === 'heading_open' && titleBlock?.top !== undefined && titleBlock.top === (issue?.from ?? 0)
  return opensWithTitle && toPlain(visibleText(titleBlock)) === title ? tokens.slice(3) : tokens
}
