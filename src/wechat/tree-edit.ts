import { type AnyNode, type ChildNode, Element, isTag, isText, type ParentNode, Text } from 'domhandler'

/** A new element with the children given. */
export function makeElement(name: string, attributes: Record<string, string> = {}, children: readonly ChildNode[] = []): Element {
  const element = new Element(name, attributes)
  setChildren(element, children)
  return element
}

/** A new piece of text. */
export function makeText(text: string): Text {
  return new Text(text)
}

/** Makes the nodes the children of an element, in their order. */
export function setChildren(parent: ParentNode, children: readonly ChildNode[]): void {
  let previous: ChildNode | null = null
  for (const child of children) {
    child.parent = parent
    child.prev = previous
    child.next = null
    if (previous !== null) previous.next = child
    previous = child
  }
  parent.children = children as ChildNode[]
}

/** All elements below a node, each before what it holds. */
export function elementsOf(root: ParentNode): Element[] {
  const elements: Element[] = []
  const stack: AnyNode[] = []
  const push = (parent: ParentNode) => {
    for (let at = parent.children.length - 1; at >= 0; at--) stack.push(parent.children[at] as AnyNode)
  }
  push(root)
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isTag(node)) continue
    elements.push(node)
    push(node)
  }
  return elements
}

/** The text of an element as it stands, line breaks of `br` included. */
export function textOf(root: ParentNode): string {
  let text = ''
  const stack: AnyNode[] = [...root.children].reverse()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) text += node.data
    else if (isTag(node)) {
      if (node.name === 'br') text += '\n'
      for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as AnyNode)
    }
  }
  return text
}
