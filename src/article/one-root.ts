import { Document, isTag } from 'domhandler'
import { makeElement } from '../wechat/tree-edit.js'

/** The same page with a single element at its top, as browsers make it where `html` and `body` are left out. */
export function underOneRoot(document: Document): Document {
  const [first, ...others] = document.children.filter(isTag)
  return first?.name === 'html' && others.length === 0 ? document : new Document([makeElement('html', {}, document.children)])
}
