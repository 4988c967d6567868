import { type Element, isTag } from 'domhandler'
import { htmlToText, parseHtml } from '../text/html.js'
import { type CgiData, valueAt } from './cgi-data.js'
import { type PageParts, partPage } from './page-markup.js'
import { readMetas } from './page-metas.js'
import type { PageText } from './page-text.js'
import { readVariable } from './page-variables.js'

/** What a page is asked for its fields: each kind of place is looked up only when something is wanted of it. */
export interface PageFacts {
  readonly page: PageText
  readonly cgi: CgiData | undefined
  /** Its markup and its scripts apart. */
  parts(): PageParts
  /** The page's meta elements. */
  metas(): ReadonlyMap<string, string>
}

/** A place in a page where a field may stand. */
export interface Place {
  /** How the place is called in `Article.from`. */
  readonly name: string
  /** A place outside of `cgiDataNew` that is costly to look up in a page of megabytes. */
  readonly kind: 'cgi' | 'meta' | 'search'
  read(facts: PageFacts): unknown
}

/** Makes the facts of a page. */
export function factsOf(page: PageText, cgi: CgiData | undefined): PageFacts {
  let parts: PageParts | undefined
  let metas: ReadonlyMap<string, string> | undefined
  return {
    page,
    cgi,
    parts() {
      parts ??= partPage(page)
      return parts
    },
    metas() {
      metas ??= readMetas(page)
      return metas
    },
  }
}

/** A property of `window.cgiDataNew`. */
export function cgi(...path: readonly (string | number)[]): Place {
  return { name: `cgiDataNew.${path.join('.')}`, kind: 'cgi', read: facts => valueAt(facts.cgi?.record, path) }
}

/** A statement of a script, `var NAME = …` or `window.NAME = …`, or a property of the object that it states. */
export function variable(name: string, ...path: readonly (string | number)[]): Place {
  return {
    name: [`var ${name}`, ...path].join('.'),
    kind: 'search',
    read: facts => valueAt(readVariable(facts.parts().scripts, name), path),
  }
}

/** A meta element. */
export function meta(name: string): Place {
  return { name: `meta ${name}`, kind: 'meta', read: facts => facts.metas().get(name) }
}

const maxElement = 20_000

/** The text of the first element whose start tag holds the marker (an attribute in double quotes; see {@link findMarker}), optionally behind another marker. */
export function element(name: string, marker: string, after?: string): Place {
  return { name, kind: 'search', read: facts => readElementText(facts.parts().markup, marker, after) }
}

function readElementText(page: PageText, marker: string, after: string | undefined): string | undefined {
  const behind = after === undefined ? -1 : findMarker(page, after)
  if (after !== undefined && behind < 0) return undefined
  const node = readMarked(page, marker, { from: after === undefined ? 0 : page.find('>', behind), length: maxElement })
  return node === undefined ? undefined : htmlToText([node])
}

/** An attribute of the first element whose start tag holds the marker. */
export function attribute(name: string, marker: string, wanted: string): Place {
  return {
    name,
    kind: 'search',
    read: facts => readMarked(facts.parts().markup, marker, { from: 0, length: maxElement })?.attribs[wanted],
  }
}

/** The first element at or after an offset whose start tag holds the marker, with what it holds within so many characters. */
export function readMarked(page: PageText, marker: string, { from, length }: { from: number; length: number }): Element | undefined {
  const at = findMarker(page, marker, from)
  if (at < 0) return undefined
  const before = page.slice(Math.max(0, at - 500), at)
  const [node] = parseHtml(before.slice(before.lastIndexOf('<')) + page.slice(at, Math.min(page.length, at + length))).children
  return node !== undefined && isTag(node) ? node : undefined
}

/**
 * Offset of an attribute that is given in double quotes (`id="js_content"`), also where the page has it in single quotes or, as programs that save pages
 * like to, in none; -1 where it does not stand.
 */
export function findMarker(page: PageText, marker: string, from = 0): number {
  const quoted = [marker, marker.replaceAll('"', "'")].map(form => page.find(form, from)).find(at => at >= 0)
  if (quoted !== undefined || marker.includes(' ')) return quoted ?? -1
  const bare = marker.replaceAll('"', '')
  for (let at = page.find(bare, from); at >= 0; at = page.find(bare, at + 1)) {
    if (/^[\s>]$/.test(page.slice(at + bare.length, at + bare.length + 1))) return at
  }
  return -1
}

/** Types of messages by the class of the body element. */
const bodyClasses: Readonly<Record<string, string>> = { page_share_img: '8', page_share_text: '10' }

/** The type of a message as the class of the body element says it. */
export const bodyClass: Place = {
  name: 'body class',
  kind: 'search',
  read(facts) {
    const { markup } = facts.parts()
    const at = [markup.find('<body'), markup.find('<BODY')].find(place => place >= 0)
    const tag = at === undefined ? '' : markup.slice(at, at + 1_000).split('>', 1)[0]
    return Object.entries(bodyClasses).find(([name]) => tag?.includes(name))?.[1]
  },
}

/** The title element: empty since 2025, in some templates the name of the platform, which is none, in the oldest the title itself. One in a vector graphic is another's. */
export const titleTag: Place = {
  name: 'title',
  kind: 'search',
  read(facts) {
    const page = facts.parts().markup
    const [start = -1] = [page.find('<title'), page.find('<TITLE')].filter(at => at >= 0)
    const graphic = page.find('<svg')
    const text = start < 0 || (graphic >= 0 && graphic < start) ? '' : page.slice(page.find('>', start) + 1, start + maxElement)
    const end = text.search(/<\/title/i)
    const title = text.slice(0, Math.max(0, end))
    return /^\s*(?:微信公[众眾]平台\s*)?$/.test(title) ? undefined : title
  },
}
