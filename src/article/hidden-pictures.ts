import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { isStandIn } from '../text/picture-source.js'
import { walkElements } from '../text/walk-elements.js'
import { leaveOut } from './leave-out.js'

/** Lets pictures out of `noscript`, where nothing beside it but a stand-in shows them. */
export function showPictures(root: Element, baseUrl: string): void {
  for (const element of walkElements(root)) {
    if (element.name !== 'noscript' || picturesIn(element).length !== 1 || hasText(element)) continue
    const beside = [besideOf(element, 'prev'), besideOf(element, 'next')].flatMap(node => (node === undefined ? [] : picturesIn(node)))
    if (beside.some(({ attribs }) => !isStandIn(attribs, baseUrl))) continue
    for (const picture of beside) leaveOut(picture)
    element.name = 'span'
  }
}

/** So many nodes in an element are looked at. */
const mostNodes = 30

/** The pictures in an element, itself among them. */
function picturesIn(element: Element): Element[] {
  return nodesIn(element)
    .filter(node => isTag(node) && node.name === 'img')
    .filter(isTag)
}

function hasText(element: Element): boolean {
  return nodesIn(element).some(node => isText(node) && node.data.trim() !== '')
}

function nodesIn(element: Element): AnyNode[] {
  const nodes: AnyNode[] = [element]
  for (let at = 0; at < nodes.length && nodes.length < mostNodes; at++) {
    const node = nodes[at]
    if (node !== undefined && isTag(node)) nodes.push(...node.children.slice(0, mostNodes))
  }
  return nodes
}

/** The next element in a direction, with nothing but space before it. */
function besideOf(element: Element, side: 'prev' | 'next'): Element | undefined {
  for (let node = element[side], steps = 0; node !== null && steps < 5; node = node[side], steps++) {
    if (isTag(node)) return node
    if (isText(node) && node.data.trim() !== '') return undefined
  }
  return undefined
}
