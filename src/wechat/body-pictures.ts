import type { ChildNode, Element } from 'domhandler'
import { findPictureSource } from '../text/picture-source.js'
import { isUnseen } from '../text/unseen-picture.js'
import { cleanImageUrl } from './picture-address.js'
import { makeElement, makeText } from './tree-edit.js'

/** Words that editors put in by themselves. */
const emptyAlts: ReadonlySet<string> = new Set(['图片', 'image', 'img', '图像', 'picture', 'null', 'undefined'])

const emojiName = /^\[[^\]\s]{1,12}\]$/

/** The picture as readers need it: its address, alternative text, width and height. None for one without a usable address; an emoji gives its name. */
export function cleanPicture(image: Element): readonly ChildNode[] {
  const { attribs } = image
  if (isUnseen(attribs)) return []
  const alt = (attribs['alt'] ?? '').trim()
  const emoji = [alt, attribs['title'] ?? ''].find(name => emojiName.test(name))
  if (emoji !== undefined) return [makeText(emoji)]
  const src = [findPictureSource(attribs, undefined, image), attribs['data-croporisrc'], attribs['data-backsrc']]
    .map(cleanImageUrl)
    .find(url => url !== undefined)
  if (src === undefined) return []
  return [makeElement('img', { src, alt: emptyAlts.has(alt.toLowerCase()) ? '' : alt.slice(0, 500), ...sizeOf(attribs) })]
}

/** The picture that a vector graphic holds. */
export function graphicPicture({ attribs }: Element): readonly ChildNode[] {
  const src = cleanImageUrl(attribs['href'] ?? attribs['xlink:href'])
  return src === undefined ? [] : [addedFigure('graphic', src)]
}

/** Width and height as attributes; nothing where one of them is not known. */
function sizeOf(attribs: Readonly<Record<string, string>>): { width?: string; height?: string } {
  const width = Number(attribs['data-w'])
  const ratio = Number(attribs['data-ratio'])
  const height = width * ratio
  const isUsable = width >= 1 && width <= 20_000 && height >= 1 && height <= 100_000
  return isUsable ? { width: String(Math.round(width)), height: String(Math.round(height)) } : {}
}

const background = /background(?:-image)?\s{0,5}:[^;]{0,200}?url\(\s{0,5}["']?([^"')]{1,2000})/i

/** The picture behind an element, of its style or as a script will put it there. */
export function backgroundOf({ attribs: { style, 'data-lazy-bgimg': lazy } }: Element): string | undefined {
  const styled = style?.includes('url(') ? background.exec(style.slice(0, 10_000))?.[1] : undefined
  return cleanImageUrl(lazy) ?? cleanImageUrl(styled)
}

/** A picture that stands in no `img` of the page: a poster or a background. */
export function addedFigure(kind: string, src: string, more: readonly Element[] = []): Element {
  return makeElement('figure', { 'data-kind': kind }, [makeElement('img', { src, alt: '' }), ...more])
}
