import { type AnyNode, type Element, isTag, type ParentNode } from 'domhandler'

/** All elements in a tree, in the order of the page, without recursion. */
export function* walkElements(root: ParentNode): Generator<Element> {
  const stack: AnyNode[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isTag(node)) yield node
    if ('children' in node) for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as AnyNode)
  }
}
