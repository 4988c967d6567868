import type { ChildNode, Element, ParentNode } from 'domhandler'
import { parseHtml } from '../text/html.js'
import type { ArticleKind, Attachment } from '../types.js'
import { cleanTree } from './body.js'
import { recordsAt, valueAt } from './cgi-data.js'
import { messageHtml } from './message-text.js'
import { type PageFacts, variable } from './page-facts.js'
import { makeElement, makeText, setChildren } from './tree-edit.js'

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
  const raw = rawReaders[kind](facts, shared)
  if (raw === undefined) return undefined
  const attachments: Attachment[] = []
  const html = cleanTree(raw.root, { url, videoLengths: videoLengths(facts), attachments })
  return html === '' ? undefined : { html, attachments, from: raw.from }
}

const rawReaders: Readonly<Record<ArticleKind, (facts: PageFacts, shared: SharedArticle) => RawBody | undefined>> = {
  article: facts => ownContent(facts) ?? elementContent(facts),
  text: textMessage,
  pictures: pictureMessage,
  share: shareMessage,
  // Of these no page states a body in a form that is known; what the text says and the poster shows is given.
  video: playedMessage,
  audio: playedMessage,
}

function textAt(facts: PageFacts, ...path: readonly string[]): string | undefined {
  const value = valueAt(facts.cgi?.record, path)
  return typeof value === 'string' && /\S/.test(value) ? value : undefined
}

/** The body before the page's own decoration; its text and pictures are those of `#js_content`. */
function ownContent(facts: PageFacts): RawBody | undefined {
  const html = textAt(facts, 'content_noencode')
  return html === undefined ? undefined : { root: parseHtml(html), from: 'cgiDataNew.content_noencode' }
}

const contentMarks = ['id="js_content"', "id='js_content'"] as const

/** The body as the page shows it: the parser finds its end. */
function elementContent(facts: PageFacts): RawBody | undefined {
  const { markup } = facts.parts()
  for (const mark of contentMarks) {
    const at = markup.find(mark)
    if (at < 0) continue
    const before = markup.slice(Math.max(0, at - 500), at)
    const root = parseHtml(before.slice(before.lastIndexOf('<')) + markup.slice(at, markup.length)).children[0]
    if (root !== undefined && 'children' in root) return { root, from: '#js_content' }
  }
  return undefined
}

function textMessage(facts: PageFacts): RawBody | undefined {
  const text =
    textAt(facts, 'text_page_info', 'content_noencode') ??
    textAt(facts, 'text_page_info', 'content') ??
    textAt(facts, 'content_noencode') ??
    typedText(facts, ['text_page_info', 'content'], ['msg_title'])
  return written(text, picturesOf(facts, 'text_page_info', 'picture_info'), 'cgiDataNew.text_page_info')
}

function pictureMessage(facts: PageFacts): RawBody | undefined {
  const text = textAt(facts, 'content_noencode') ?? textAt(facts, 'desc') ?? typedText(facts, ['desc'], ['msg_desc'])
  return written(text, picturesOf(facts, 'picture_page_info_list'), 'cgiDataNew.picture_page_info_list')
}

/** The text of a message in the templates before `cgiDataNew`, which state it in variables; the first of them. */
function typedText(facts: PageFacts, ...variables: readonly (readonly [string, ...string[]])[]): string | undefined {
  if (facts.cgi !== undefined) return undefined
  const values = variables.map(([name, ...path]) => variable(name, ...path).read(facts))
  return values.find((value): value is string => typeof value === 'string' && /\S/.test(value))
}

function playedMessage(facts: PageFacts): RawBody | undefined {
  return ownContent(facts) ?? elementContent(facts) ?? written(textAt(facts, 'desc'), [], 'cgiDataNew.desc')
}

function shareMessage(facts: PageFacts, { url, title, account }: SharedArticle): RawBody | undefined {
  const label = [title, account].filter(part => part !== undefined && part !== '').join(' - ')
  const link = url === undefined || label === '' ? [] : [makeElement('a', { href: url }, [makeText(label)])]
  return written(textAt(facts, 'copyright_info', 'guide_words'), link, 'cgiDataNew.copyright_info')
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
