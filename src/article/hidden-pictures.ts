import { type Element, isTag, isText } from 'domhandler'
import { isStandIn } from '../text/picture-source.js'
import { walkElements } from '../text/walk-elements.js'
import { leaveOut } from './leave-out.js'
import { firstNodes } from './page-parts.js'

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

/** The pictures in an element, itself among them. */
function picturesIn(element: Element): Element[] {
  return firstNodes(element)
    .filter(isTag)
    .filter(({ name }) => name === 'img')
}

function hasText(element: Element): boolean {
  return firstNodes(element).some(node => isText(node) && node.data.trim() !== '')
}

/** The next element in a direction, with nothing but space before it. */
function besideOf(element: Element, side: 'prev' | 'next'): Element | undefined {
  for (let node = element[side], steps = 0; node !== null && steps < 5; node = node[side], steps++) {
    if (isTag(node)) return node
    if (isText(node) && node.data.trim() !== '') return undefined
  }
  return undefined
}
