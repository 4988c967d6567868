import { load } from 'cheerio'
import type { AnyNode } from 'domhandler'
import { allowedElements } from '../../src/text/allowed-html.js'

/** Frames around an element that the parser adds by itself. */
const ownElements = new Set(['html', 'head', 'body', 'tbody'])
const addresses = new Set(['href', 'src', 'poster', 'cite'])
const ownAttributes = new Set(['controls', 'preload'])

/** All that a browser would find in the HTML and that may not be there. */
export function findDanger(html: string): string[] {
  const found: string[] = []
  const left: AnyNode[] = [...load(html).root().contents().get()]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.type === 'comment' || node.type === 'directive') found.push(`${node.type} ${node.data}`)
    if (!('attribs' in node)) continue
    const attributes = allowedElements.get(node.name)
    if (attributes === undefined && !ownElements.has(node.name)) found.push(`<${node.name}>`)
    for (const [name, value] of Object.entries(node.attribs)) {
      if (attributes?.[name] === undefined && !ownAttributes.has(name)) found.push(`${name} on <${node.name}>`)
      if (addresses.has(name) && !/^(?:https?:\/\/|mailto:)/.test(value)) found.push(`${name}="${value}"`)
    }
    left.push(...node.children)
  }
  return found
}
