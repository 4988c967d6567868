import { type Literal, readLiteral } from './literal.js'
import type { PageText } from './page-text.js'

const maxPlaces = 40
const maxStatement = 200_000
const forms = ['var ', 'window.'] as const

/**
 * The value of a statement `var NAME = "" || "…"` or `window.NAME = '…'`: the first of them that is a literal and not empty. Pages also hold
 * minified libraries with variables of the same names; only a quotation, a list, an object or a call that wraps a quotation is taken.
 */
export function readVariable(page: PageText, name: string): Literal | undefined {
  const statement = new RegExp(`^(?:var |window\\.)${name}\\s{0,20}=\\s{0,200}(?=['"[{]|htmlDecode\\(|JsDecode\\()`)
  for (const form of forms) {
    let at = page.find(form + name)
    for (let place = 0; place < maxPlaces && at >= 0; place++) {
      const start = statement.exec(page.slice(at, at + 500))?.[0].length
      if (start !== undefined) {
        const value = readStatement(page, at + start)
        if (value !== undefined && value !== '') return value
      }
      at = page.find(form + name, at + 1)
    }
  }
  return undefined
}

const statementEnd = /^\s{0,200}(?:$|[;,)}<]|\n|var )/

function readStatement(page: PageText, at: number): Literal | undefined {
  for (const size of [2_000, maxStatement]) {
    const text = page.slice(at, at + size)
    const { value, end, complete } = readLiteral(text, 0)
    if (typeof value === 'object' ? complete || size === maxStatement : complete && end < text.length) {
      // A quotation with an operator behind it is a part of something that is not stated.
      return typeof value === 'object' || statementEnd.test(text.slice(end, end + 300)) ? value : undefined
    }
  }
  return undefined
}
