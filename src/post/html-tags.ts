import { decodeEntities } from '../text/html.js'

/** A part of raw HTML, with the number of line ends in it. */
export type HtmlPart =
  | { type: 'text'; text: string; lines: number }
  | { type: 'skipped'; lines: number }
  | { type: 'tag'; name: string; closing: boolean; lines: number; attribute(name: string): string | undefined }

const tagPattern = /<(\/?)([a-z][\w-]{0,60})((?:[^<>"']|"[^"]{0,4000}"|'[^']{0,4000}')*)>/iy

/** Elements whose content no reader sees. */
const unseen = /^(?:script|style|textarea|template|noscript|title)$/

/**
 * Reads raw HTML flatly, tag by tag. A tree is not needed to find its links, and would swallow what follows an element that is never
 * closed; comments and unseen elements are skipped.
 */
export function* readHtmlTags(html: string): Generator<HtmlPart> {
  const endless = new Set<string>()
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    const textEnd = open < 0 ? html.length : open
    if (textEnd > at) yield textPart(html.slice(at, textEnd))
    if (open < 0) return
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4)
      at = close < 0 ? html.length : close + 3
      yield { type: 'skipped', lines: lineEnds(html, open, at) }
      continue
    }
    tagPattern.lastIndex = open
    const match = tagPattern.exec(html)
    if (!match?.[2]) {
      at = open + 1
      yield textPart('<')
      continue
    }
    at = tagPattern.lastIndex
    const name = match[2].toLowerCase()
    const attributes = match[3] ?? ''
    yield {
      type: 'tag',
      name,
      closing: match[1] === '/',
      lines: lineEnds(html, open, at),
      attribute: wanted => attributeOf(attributes, wanted),
    }
    if (match[1] === '' && unseen.test(name) && !endless.has(name)) {
      const close = endOfElement(html, name, at)
      if (close < 0) endless.add(name)
      else {
        yield { type: 'skipped', lines: lineEnds(html, at, close) }
        at = close
      }
    }
  }
}

function endOfElement(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi')
  end.lastIndex = from
  return end.exec(html)?.index ?? -1
}

function textPart(text: string): HtmlPart {
  return { type: 'text', text, lines: lineEnds(text, 0, text.length) }
}

/** The value of an attribute, as it is meant. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s{0,4}=\\s{0,4}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes)
  const value = match?.[1] ?? match?.[2] ?? match?.[3]
  return value === undefined ? undefined : decodeEntities(value).trim()
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
