import { type AnyNode, type ChildNode, isTag, isText, type ParentNode, type Text } from 'domhandler'
import { makeElement, setChildren, textOf } from './tree-edit.js'

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
    if (places !== undefined && text.data.trim() === url && !isInLink(text)) linkText(text, url)
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
      const number = /^\[(\d{1,3})\]$/.exec(textOf(node).trim())?.[1]
      if (number !== undefined) {
        marks.set(number, [...(marks.get(number) ?? []), ...markedPlaces(node)])
        continue
      }
    }
    if ('children' in node) for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as AnyNode)
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
  const { parent } = text
  if (parent !== null) setChildren(parent, parent.children.map(child => (child === text ? makeElement('a', { href: url }, [text]) : child)))
}

function isInLink(node: AnyNode): boolean {
  for (let at = node.parent; at !== null; at = at.parent) if (isTag(at) && at.name === 'a') return true
  return false
}
