import type { ChildNode, Element, ParentNode } from 'domhandler'
import { decodeEntities, parseHtml } from '../text/html.js'
import type { ArticleKind, Attachment } from '../types.js'
import { cleanTree } from './body.js'
import { recordsAt, valueAt } from './cgi-data.js'
import { fields, readField } from './fields.js'
import { readLiteral } from './literal.js'
import { messageHtml } from './message-text.js'
import { type PageFacts, readMarked, variable } from './page-facts.js'
import { elementsOf, makeElement, makeText, setChildren } from './tree-edit.js'

/** The body of a message of any kind, with the files that it plays. */
export interface MessageBody {
  html: string
  attachments: readonly Attachment[]
  /** Place in the page where it stood. */
  from: string
}

/** A body as WeChat has it, not yet cleaned; what is read are the children of its root. */
interface RawBody {
  root: ParentNode
  from: string
}

/** Where the page points at the article of another account. */
export interface SharedArticle {
  url?: string
  title?: string
  account?: string
}

/**
 * The body of the page's message as clean HTML; absent when the page has none. `url` is the article's, for what only WeChat can show.
 * A pointer (`share`) gives the words of the account that shares, and the link.
 */
export function readBody(facts: PageFacts, kind: ArticleKind, url: string, shared: SharedArticle): MessageBody | undefined {
  const raw = rawReaders[kind](facts, shared, kind)
  if (raw === undefined) return undefined
  const attachments: Attachment[] = []
  const html = cleanTree(raw.root, { url, videoLengths: videoLengths(facts), attachments })
  return html === '' ? undefined : { html, attachments, from: raw.from }
}

type RawReader = (facts: PageFacts, shared: SharedArticle, kind: ArticleKind) => RawBody | undefined

const rawReaders: Readonly<Record<ArticleKind, RawReader>> = {
  article: facts => ownContent(facts) ?? elementContent(facts) ?? otherMessage(facts),
  text: textMessage,
  pictures: pictureMessage,
  share: shareMessage,
  // Of these no page could be had: what states them is given, as a poster or a name with a link, and what the text says.
  video: playedMessage,
  audio: playedMessage,
}

function textAt(facts: PageFacts, ...path: readonly string[]): string | undefined {
  const value = valueAt(facts.cgi?.record, path)
  return typeof value === 'string' && /\S/.test(value) ? value : undefined
}

function isArticle(facts: PageFacts): boolean {
  return (readField(facts, fields.showType)?.value ?? '0') === '0'
}

const pictureList = ['picture_page_info_list'] as const

/** The body before the page's own decoration; its text and pictures are those of `#js_content`. Of other messages than articles it may be a text as it was typed. */
function ownContent(facts: PageFacts): RawBody | undefined {
  const html = textAt(facts, 'content_noencode')
  const from = 'cgiDataNew.content_noencode'
  if (html === undefined) return undefined
  const isTyped = !/<(?:p|section|div|iframe|mp[\w-]+|qqmusic)\b/i.test(html) && !isArticle(facts)
  return isTyped ? written(html, picturesOf(facts, ...pictureList), from) : { root: parseHtml(html), from }
}

/** The body as the page shows it: the parser finds its end. */
function elementContent(facts: PageFacts, id = 'js_content'): RawBody | undefined {
  const { markup } = facts.parts()
  const root = readMarked(markup, `id="${id}"`, { from: 0, length: markup.length })
  return root === undefined ? undefined : { root, from: `#${id}` }
}

function textMessage(facts: PageFacts): RawBody | undefined {
  const text =
    textAt(facts, 'text_page_info', 'content_noencode') ??
    textAt(facts, 'text_page_info', 'content') ??
    textAt(facts, 'content_noencode') ??
    typedText(facts, ['text_page_info', 'content']) ??
    titleAsText(facts)
  const pictures = picturesOf(facts, 'text_page_info', 'picture_info')
  return written(text, pictures, 'cgiDataNew.text_page_info') ?? elementContent(facts, 'js_text_desc')
}

function pictureMessage(facts: PageFacts): RawBody | undefined {
  // A description is escaped once more than a text.
  const description = textAt(facts, 'desc') ?? typedText(facts, ['desc'], ['msg_desc'])
  const text = textAt(facts, 'content_noencode') ?? (description === undefined ? undefined : decodeEntities(description))
  return written(text, picturesOf(facts, ...pictureList), 'cgiDataNew.picture_page_info_list') ?? elementContent(facts, 'js_image_desc')
}

/** The text of a message in the templates before `cgiDataNew`, which state it in variables; the first of them. */
function typedText(facts: PageFacts, ...variables: readonly (readonly [string, ...string[]])[]): string | undefined {
  if (facts.cgi !== undefined) return undefined
  const values = variables.map(([name, ...path]) => variable(name, ...path).read(facts))
  return values.find((value): value is string => typeof value === 'string' && /\S/.test(value))
}

/** WeChat admits titles of 64 characters. */
const longestTitle = 64

/** A title of the templates that have no place for a text of its own; one of the newest, whose data was lost, may be a title and no more. */
function titleAsText(facts: PageFacts): string | undefined {
  const text = typedText(facts, ['msg_title'])
  const isText = text !== undefined && (text.length > longestTitle || text.trim().includes('\n') || facts.page.find('cgiDataNew') < 0)
  return isText ? text : undefined
}

/** A message of a kind that no page could be had of: its text and its pictures, where it states them as the known ones do. */
function otherMessage(facts: PageFacts): RawBody | undefined {
  return isArticle(facts) ? undefined : pictureMessage(facts)
}

/** What plays it stands before the text; a video shows the cover of its message. */
function playedMessage(facts: PageFacts, { title = '' }: SharedArticle, kind: ArticleKind): RawBody | undefined {
  const own = ownContent(facts) ?? elementContent(facts)
  if (own !== undefined && hasPlayer(own.root)) return own
  const cover = readField(facts, fields.image)?.value ?? ''
  const recording = readField(facts, fields.recording)
  const added =
    kind === 'video'
      ? makeElement('iframe', { 'data-mpvid': videoIdOf(facts) ?? 'unknown', 'data-cover': encodeURIComponent(cover) })
      : makeElement('mpvoice', { name: title, voice_encode_fileid: recording?.value ?? '' })
  const words = own ?? written(textAt(facts, 'desc'), [], 'cgiDataNew.desc')
  const root = words?.root ?? parseHtml('')
  setChildren(root, [added, ...root.children])
  return { root, from: words?.from ?? recording?.from ?? 'cgiDataNew' }
}

const player = /^(?:iframe|mpvoice|qqmusic|mp-common-.*(?:audio|music|videosnap))$/

function hasPlayer(root: ParentNode): boolean {
  return elementsOf(root).some(({ name, attribs }) => attribs['data-mpvid'] || player.test(name))
}

function videoIdOf(facts: PageFacts): string | undefined {
  const id = recordsAt(facts.cgi?.record, ['video_page_infos'])[0]?.['video_id']
  return typeof id === 'string' && id !== '' ? id : undefined
}

function shareMessage(facts: PageFacts, { url, title, account }: SharedArticle): RawBody | undefined {
  const label = [title, account].filter(part => part !== undefined && part !== '').join(' - ')
  const link = url === undefined || label === '' ? [] : [makeElement('a', { href: url }, [makeText(label)])]
  const stated = textAt(facts, 'copyright_info', 'guide_words')
  return stated === undefined && facts.cgi === undefined
    ? written(writtenNotice(facts), link, '#js_share_notice')
    : written(stated, link, 'cgiDataNew.copyright_info')
}

const noticeStatement = "'js_share_notice').innerHTML ="

/** The words that a script writes above the article that is pointed at. */
function writtenNotice(facts: PageFacts): string | undefined {
  const { scripts } = facts.parts()
  const at = scripts.find(noticeStatement)
  if (at < 0) return undefined
  const { value } = readLiteral(scripts.slice(at + noticeStatement.length, at + 20_000), 0)
  return typeof value === 'string' ? value : undefined
}

/** A body made of a text as it was typed and of elements that follow it, each in a paragraph. */
function written(text: string | undefined, elements: readonly Element[], from: string): RawBody | undefined {
  if (text === undefined && elements.length === 0) return undefined
  const root = parseHtml(text === undefined ? '' : messageHtml(text))
  const paragraphs: ChildNode[] = elements.flatMap(element => [makeText('\n'), makeElement('p', {}, [element])])
  setChildren(root, [...root.children, ...paragraphs])
  return { root, from }
}

function picturesOf(facts: PageFacts, ...path: readonly string[]): readonly Element[] {
  const [name = '', ...rest] = path
  const stated = facts.cgi === undefined ? { list: variable(name, ...rest).read(facts) } : { list: valueAt(facts.cgi.record, path) }
  return recordsAt(stated, ['list']).map(({ cdn_url: source, width, height }) => {
    const ratio = Number(height) / Number(width)
    return makeElement('img', { src: typeof source === 'string' ? source : '', 'data-w': String(width), 'data-ratio': String(ratio) })
  })
}

/** Seconds of each video that the page tells of. */
function videoLengths(facts: PageFacts): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>()
  for (const video of recordsAt(facts.cgi?.record, ['video_page_infos'])) {
    const id = video['video_id']
    const milliseconds = Number(recordsAt(video, ['mp_video_trans_info'])[0]?.['duration_ms'])
    if (typeof id === 'string' && milliseconds > 0) lengths.set(id, milliseconds / 1000)
  }
  return lengths
}
