import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler'
import { droppedElements } from '../text/allowed-html.js'
import { wordSet } from '../text/word-set.js'

/** A page's elements in its order, with what each holds of running text. Elements are called by their index; the parts of one directly follow it. */
export interface WeighedPage {
  readonly elements: readonly Element[]
  /** Index of the parent; -1 for the one at the top. */
  readonly parents: readonly number[]
  /** Running text directly in a block, not in a block within it. A Chinese character counts as two. */
  readonly own: readonly number[]
  /** All text and all text of links that lead elsewhere, directly in a block. */
  readonly text: readonly number[]
  readonly linked: readonly number[]
}

/** Elements within a line; all others begin a block. */
const inline = wordSet(
  `a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q ruby rt rp rb s samp small span strike strong sub sup time tt u var wbr br`,
)
/** Less of it is a label, not running text. */
const leastText = 24

/** Weighs the text of a page with a single `html` at its top, in one walk, without recursion. What no reader sees (scripts, buttons, head) weighs nothing and is left out. */
export function weighPage(document: Document): WeighedPage {
  const elements: Element[] = []
  const parents: number[] = []
  const text: number[] = []
  const linked: number[] = []
  // Two stacks of plain values instead of one of objects: making an object for each node took most of the time.
  const nodes: AnyNode[] = []
  const places: number[] = []
  const enter = (children: readonly AnyNode[], parent: number, block: number, isLinked: number) => {
    for (let at = children.length - 1; at >= 0; at--) {
      nodes.push(children[at] as AnyNode)
      places.push(parent, block, isLinked)
    }
  }
  enter(document.children, -1, -1, 0)
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const isLinked = places.pop() ?? 0
    const block = places.pop() ?? -1
    const parent = places.pop() ?? -1
    if (isText(node)) {
      if (block < 0) continue
      const size = sizeOf(node.data)
      text[block] = (text[block] ?? 0) + size
      if (isLinked === 1) linked[block] = (linked[block] ?? 0) + size
    } else if (isTag(node) && !isUnread(node)) {
      const index = elements.push(node) - 1
      parents.push(parent)
      text.push(0)
      linked.push(0)
      const leads = node.name === 'a' && !(node.attribs['href'] ?? '#').startsWith('#')
      enter(node.children, index, inline.has(node.name) ? block : index, leads ? 1 : isLinked)
    }
  }
  const own = elements.map(({ name }, at) => weightOf(name, text[at] ?? 0, linked[at] ?? 0))
  return { elements, parents, own, text, linked }
}

/** For each element the index behind the last one in it. */
export function endsOf({ parents }: WeighedPage): number[] {
  const ends = parents.map((_, at) => at + 1)
  for (let at = parents.length - 1; at >= 0; at--) {
    const parent = parents[at] ?? -1
    if (parent >= 0) ends[parent] = Math.max(ends[parent] ?? 0, ends[at] ?? 0)
  }
  return ends
}

function isUnread({ name }: Element): boolean {
  return droppedElements.has(name) || name === 'head'
}

/** Headings say nothing: pages have them everywhere. */
function weightOf(name: string, text: number, linked: number): number {
  const running = text - linked
  return running < leastText || linked > running || /^h[1-6]$/.test(name) ? 0 : running
}

function sizeOf(text: string): number {
  let size = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    size += code > 0x2e7f ? 2 : code > 0x20 && code !== 0xa0 ? 1 : 0
  }
  return size
}
