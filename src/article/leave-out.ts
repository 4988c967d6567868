import type { Element } from 'domhandler'

/**
 * Keeps an element out of the body, by a name that the sanitiser drops with all it holds. Cutting elements out of the tree instead would take time in proportion to the
 * square of their number, since each cut searches the list of its siblings.
 */
export function leaveOut(element: Element): void {
  element.name = 'template'
}
