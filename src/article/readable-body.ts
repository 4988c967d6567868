import { type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { htmlToText } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import { sanitizeHtml } from '../text/sanitize.js'
import { walkElements } from '../text/walk-elements.js'
import { findBody } from './find-body.js'

/** The body of an article and where it stood. */
export interface ReadBody {
  /** Clean HTML. */
  html: string
  from: string
}

/** Reads the body out of a page of any site, without its frame and without a heading that only says the title again; nothing where none is found. */
export function readAnyBody(document: Document, { title, baseUrl }: { title: string; baseUrl: string }): ReadBody | undefined {
  const found = findBody(document)
  if (found === undefined) return undefined
  for (const part of found.strange) leaveOut(part)
  const heading = firstHeading(found.root)
  if (heading !== undefined && toPlain(htmlToText(heading.children)) === title) leaveOut(heading)
  const html = cleanHtml(found.root, baseUrl)
  return html === undefined ? undefined : { html, from: nameOf(found.root) }
}

/** What is in an element as clean HTML; nothing where no reader would see anything. */
export function cleanHtml(root: Element, baseUrl: string): string | undefined {
  const html = sanitizeHtml(root.children, { baseUrl }).trim()
  return html === '' ? undefined : html
}

/** Keeps an element out of what is read: an element of this name the sanitiser drops. Taking many out of a tree one by one takes time in proportion to the square of their number. */
export function leaveOut(element: Element): void {
  element.name = 'template'
}

/** So many headings are looked at; one that is left out is not the first. */
const mostHeadings = 20

function firstHeading(root: Element): Element | undefined {
  let seen = 0
  for (const element of walkElements(root)) {
    if (!/^h[1-6]$/.test(element.name)) continue
    if (!isLeftOut(element)) return element
    if (++seen === mostHeadings) return undefined
  }
  return undefined
}

function isLeftOut(element: Element): boolean {
  for (let at: ParentNode | null = element; at !== null && isTag(at); at = at.parent) if (at.name === 'template') return true
  return false
}

/** `article.post-content`, `#content`. */
function nameOf({ name, attribs }: Element): string {
  const [first = ''] = (attribs['class'] ?? '').trim().split(/\s+/, 1)
  const id = attribs['id'] ?? ''
  return `${name}${id === '' ? '' : `#${id.slice(0, 60)}`}${first === '' ? '' : `.${first.slice(0, 60)}`}`
}
