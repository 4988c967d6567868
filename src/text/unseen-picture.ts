import type { Attributes } from './allowed-html.js'

/** The attributes of size, and how a style states them. */
const sizeNames: readonly (readonly [string, RegExp])[] = [
  ['width', /(?:^|;)width:([\d.]{1,9})(?:px|;|!|$)/],
  ['height', /(?:^|;)height:([\d.]{1,9})(?:px|;|!|$)/],
]

/** A picture that is there to count readers, or that the page hides, by the attributes of its element. */
export function isUnseen(attribs: Attributes): boolean {
  const style = (attribs['style'] ?? '').slice(0, 2000).replace(/\s/g, '').toLowerCase()
  if (attribs['hidden'] !== undefined || /(?:^|;)display:none/.test(style)) return true
  const sizes = sizeNames
    .map(([name, inStyle]) => inStyle.exec(style)?.[1] ?? attribs[name])
    .filter(size => size !== undefined && /^\s{0,9}[\d.]{1,9}(?:px)?\s{0,9}$/.test(size))
  return sizes.length > 0 && sizes.every(size => Number.parseFloat(size ?? '') <= 1)
}
