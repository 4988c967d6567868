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

/** The text of the first element whose start tag holds the marker (an attribute as it is written), optionally behind another marker. */
export function element(name: string, marker: string, after?: string): Place {
  return { name, kind: 'search', read: facts => readElementText(facts.parts().markup, marker, after) }
}

function readElementText(page: PageText, marker: string, after: string | undefined): string | undefined {
  const behind = after === undefined ? -1 : page.find(after)
  if (after !== undefined && behind < 0) return undefined
  const at = page.find(marker, after === undefined ? 0 : page.find('>', behind))
  if (at < 0) return undefined
  const from = Math.max(0, at - 300)
  const before = page.slice(from, at)
  const node = parseHtml(before.slice(before.lastIndexOf('<')) + page.slice(at, at + maxElement)).children[0]
  return node === undefined ? undefined : htmlToText([node])
}

/** The title element: empty since 2025, before that the title itself. */
export const titleTag: Place = {
  name: 'title',
  kind: 'search',
  read(facts) {
    const page = facts.parts().markup
    const start = page.find('<title')
    const end = start < 0 ? -1 : page.find('</title', start)
    return end < 0 ? undefined : page.slice(page.find('>', start) + 1, Math.min(end, start + maxElement))
  },
}
