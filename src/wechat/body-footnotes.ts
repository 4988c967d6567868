import { type AnyNode, type ChildNode, isTag, isText, type ParentNode, type Text } from 'domhandler'
import { pushReversed } from '../text/walk-elements.js'
import { hasAncestor, makeElement, setChildren, textOf } from './tree-edit.js'

/** A mark holds its number and a few elements around it. */
const maxMarkNodes = 20
const mark = /^\s*\[(\d{1,3})\]/
const address = /(?:https?:\/\/|mailto:)[^\s<>"\u3000-\u303f\uff00-\uff0f]+/

/**
 * Puts the links of an article back that its editor turned into footnotes, since WeChat lets no foreign link stand: `word<sup>[1]</sup> … [1] title: https://…`.
 * The mark in the text and the address in the list become links; the text stays the same.
 */
export function linkFootnotes(root: ParentNode): void {
  const marks = new Map<string, ParentNode[]>()
  const texts: Text[] = []
  collect(root, marks, texts)
  if (marks.size === 0) return
  let number: string | undefined
  for (const text of texts) {
    number = mark.exec(text.data)?.[1] ?? number
    const url = number === undefined ? undefined : address.exec(text.data)?.[0]
    const places = url === undefined || number === undefined ? undefined : marks.get(number)
    if (url === undefined) continue
    for (const place of places ?? []) linkContent(place, url)
    if (places !== undefined && text.data.trim() === url && !hasAncestor(text, 'a')) linkText(text, url)
    if (number !== undefined) marks.delete(number)
    number = undefined
  }
}

/** Gathers the marks that refer (`sup`) and all text that stands outside of them, in the order of the page. */
function collect(root: ParentNode, marks: Map<string, ParentNode[]>, texts: Text[]): void {
  const stack: AnyNode[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) {
      if (node.data.length < 4_000) texts.push(node)
      continue
    }
    if (isTag(node) && node.name === 'sup') {
      const number = /^\[(\d{1,3})\]$/.exec(textOf(node, maxMarkNodes).trim())?.[1]
      if (number !== undefined) {
        const places = marks.get(number)
        if (places === undefined) marks.set(number, markedPlaces(node))
        else places.push(...markedPlaces(node))
        continue
      }
    }
    if ('children' in node) pushReversed<AnyNode>(stack, node.children)
  }
}

/** The mark, and the word before it where the editor says which word it was. */
function markedPlaces(sup: ParentNode & ChildNode): ParentNode[] {
  const word = sup.prev
  return word !== null && isTag(word) && word.attribs['class']?.includes('footnote-word') === true ? [word, sup] : [sup]
}

function linkContent(place: ParentNode, url: string): void {
  const link = makeElement('a', { href: url }, place.children)
  setChildren(place, [link])
}

function linkText(text: Text, url: string): void {
  const { parent, prev, next } = text
  const at = parent?.children.indexOf(text) ?? -1
  if (parent === null || at < 0) return
  const link = makeElement('a', { href: url }, [text])
  parent.children[at] = link
  link.parent = parent
  link.prev = prev
  link.next = next
  if (prev !== null) prev.next = link
  if (next !== null) next.prev = link
}
