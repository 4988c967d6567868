import { type AnyNode, type Element, isTag, type ParentNode } from 'domhandler'

/** Puts nodes on the stack of a walk so that the first comes off first. */
export function pushReversed<T>(stack: T[], nodes: readonly T[]): void {
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at]
    if (node !== undefined) stack.push(node)
  }
}

/** All elements in a tree, each before what it holds, without recursion. */
export function* walkElements(root: ParentNode): Generator<Element> {
  const stack: AnyNode[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isTag(node)) yield node
    if ('children' in node) pushReversed<AnyNode>(stack, node.children)
  }
}
