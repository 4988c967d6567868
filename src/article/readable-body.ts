import { type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { htmlToText } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import { sanitizeHtml } from '../text/sanitize.js'
import { walkElements } from '../text/walk-elements.js'
import { findBody } from './find-body.js'
import { showPictures } from './hidden-pictures.js'
import { leaveOut } from './leave-out.js'
import { isRefusal } from './refusal-page.js'
import { leaveTrailingListsOut } from './trailing-lists.js'

/** The body of an article and where it stood. */
export interface ReadBody {
  /** Clean HTML. */
  html: string
  from: string
}

/** What is known of a page before its body is looked for. */
export interface BodyHints {
  title: string
  /** What the title tag says. */
  pageTitle?: string | undefined
  baseUrl: string
}

/**
 * Reads the body out of a page of any site, without its frame and without a heading that only says the title again; nothing where none is found, and where the page stands
 * in the place of an article that is not given out.
 */
export function readAnyBody(document: Document, { title, pageTitle, baseUrl }: BodyHints): ReadBody | undefined {
  const found = findBody(document, baseUrl)
  if (found === undefined || isRefusal(document, pageTitle, found)) return undefined
  for (const part of found.strange) leaveOut(part)
  leaveTrailingListsOut(found.root)
  const html = cleanHtml(found.root, { title, baseUrl })
  return html === undefined ? undefined : { html, from: nameOf(found.root) }
}

/** What is in an element as clean HTML, without a heading that only says the title again; nothing where no reader would see anything. */
export function cleanHtml(root: Element, { title, baseUrl }: BodyHints): string | undefined {
  const heading = firstHeading(root)
  if (heading !== undefined && toPlain(htmlToText(heading.children)) === title) leaveOut(heading)
  showPictures(root, baseUrl)
  const html = sanitizeHtml(root.children, { baseUrl }).trim()
  return html === '' ? undefined : html
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
