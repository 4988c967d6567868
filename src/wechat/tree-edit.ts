import { type AnyNode, type ChildNode, Element, isTag, isText, type ParentNode, Text } from 'domhandler'
import { pushReversed, walkElements } from '../text/walk-elements.js'
import { droppedElements } from './body-elements.js'

/** A new element with the children given. */
export function makeElement(name: string, attributes: Record<string, string> = {}, children: ChildNode[] = []): Element {
  const element = new Element(name, attributes)
  setChildren(element, children)
  return element
}

/** A new piece of text. */
export function makeText(text: string): Text {
  return new Text(text)
}

/** Makes the nodes the children of an element, in their order. */
export function setChildren(parent: ParentNode, children: ChildNode[]): void {
  let previous: ChildNode | null = null
  for (const child of children) {
    child.parent = parent
    child.prev = previous
    child.next = null
    if (previous !== null) previous.next = child
    previous = child
  }
  parent.children = children
}

/** All elements below a node, each before what it holds; the first `most` of them. */
export function elementsOf(root: ParentNode, most = Number.POSITIVE_INFINITY): Element[] {
  const elements: Element[] = []
  for (const element of walkElements(root)) {
    if (elements.length >= most) break
    if (element !== root) elements.push(element)
  }
  return elements
}

/** Those of the elements (each before what it holds) that stand within one of the name. */
export function elementsWithin(elements: readonly Element[], name: string): ReadonlySet<ParentNode> {
  const within = new Set<ParentNode>()
  for (const element of elements) {
    const { parent } = element
    if (parent !== null && (within.has(parent) || (isTag(parent) && parent.name === name))) within.add(element)
  }
  return within
}

/** The text of an element as it stands, without what is dropped, with the line breaks of `br`; the beginning of it when the element holds more than `maxNodes`. */
export function textOf(root: ParentNode, maxNodes = Number.POSITIVE_INFINITY): string {
  let text = ''
  const stack: AnyNode[] = []
  pushReversed<AnyNode>(stack, root.children)
  for (let node = stack.pop(), count = 0; node !== undefined && count < maxNodes; node = stack.pop(), count++) {
    if (isText(node)) text += node.data
    else if (isTag(node) && !droppedElements.has(node.name)) {
      if (node.name === 'br') text += '\n'
      pushReversed<AnyNode>(stack, node.children)
    }
  }
  return text
}

/** Whether an element of the name holds the node. */
export function hasAncestor(node: AnyNode, name: string): boolean {
  for (let at = node.parent; at !== null; at = at.parent) if (isTag(at) && at.name === name) return true
  return false
}
