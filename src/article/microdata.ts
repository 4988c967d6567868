import { type Element, isTag } from 'domhandler'
import { htmlToText } from '../text/html.js'
import { isArticleType } from './json-ld.js'

/** What the first article says of itself in microdata: values by the name of their property. */
export type Microdata = ReadonlyMap<string, string>

/** Properties of one page that are looked at. */
const mostProperties = 1000
const longest = 2000
/** So much of an element is read for a value: properties can stand in one another, each with all the text of the page. */
const longestRead = 10_000
/** Properties of an item in the article that stand for the item: an author's name. */
const namesOfItems: ReadonlySet<string> = new Set(['name', 'url', 'contentUrl'])

const texts: ReadonlySet<string> = new Set(['name', 'headline', 'alternativeHeadline', 'description', 'author', 'creator', 'publisher'])

/** Gathers the microdata of the first article of a page; shown each of its elements in the order of the page. By the HTML standard, section 5.2, as far as articles need it. */
export class MicrodataReader {
  readonly found = new Map<string, string>()
  #article: Element | undefined
  #seen = 0
  /** Items in the article that are properties of it. */
  readonly #items = new Map<Element, string>()

  look(element: Element): void {
    const { attribs } = element
    if (attribs['itemprop'] === undefined && attribs['itemscope'] === undefined) return
    const scope = scopeOf(element)
    if (attribs['itemprop'] !== undefined && scope !== undefined && this.#seen++ < mostProperties)
      this.#keep(element, attribs['itemprop'], scope)
    if (attribs['itemscope'] !== undefined && isArticleType((attribs['itemtype'] ?? '').trim().split(/\s+/, 1)[0]))
      this.#article ??= element
  }

  #keep(element: Element, property: string, scope: Element): void {
    const [name = ''] = property.trim().split(/\s+/, 1)
    const item = this.#items.get(scope)
    if (item !== undefined && namesOfItems.has(name)) this.#set(name === 'name' ? item : `${item} url`, valueIn(element, texts.has(name)))
    if (scope !== this.#article) return
    if (element.attribs['itemscope'] !== undefined) this.#items.set(element, name)
    else if (name !== 'articleBody') this.#set(name, valueIn(element, texts.has(name)))
  }

  #set(name: string, value: string | undefined): void {
    if (value !== undefined && value.trim() !== '' && !this.found.has(name)) this.found.set(name, value.slice(0, longest))
  }
}

/** Whether microdata of an element is said of the article or the page, not of what it speaks of, such as a book. */
export function isOfPage(element: Element): boolean {
  const type = scopeOf(element)?.attribs['itemtype']?.trim().split(/\s+/, 1)[0]
  return type === undefined || isArticleType(type) || /(?:Page|CreativeWork|Question)$/.test(type)
}

/** The item that an element belongs to: that of the nearest element above it. */
function scopeOf({ parent }: Element): Element | undefined {
  for (let at = parent; at !== null && isTag(at); at = at.parent) if (at.attribs['itemscope'] !== undefined) return at
  return undefined
}

function valueIn(element: Element, isText: boolean): string | undefined {
  const { name, attribs } = element
  if (name === 'meta') return attribs['content']
  if (name === 'time') return attribs['datetime'] ?? htmlToText(element.children, longestRead)
  // Titles and names are often links to what they name.
  if (name === 'link' || (name === 'a' && !isText)) return attribs['href']
  if (name === 'img') return attribs['src']
  return attribs['content'] ?? htmlToText(element.children, longestRead)
}
