import { type Literal, readLiteral } from './literal.js'
import type { PageText } from './page-text.js'

const maxPlaces = 40
const maxStatement = 200_000
/** How a statement begins: by its own name, in the templates of 2019 to 2024 as a property of `d`, which libraries use for much else, or behind others in one declaration. */
const forms = ['var ', 'window.', 'd.', ','] as const
/** A declaration of literals alone, up to the comma behind one of them. */
const declaration = /^var (?:\s*\w+\s*=(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[\s\d|])*,)+$/
const longestDeclaration = 4_000

/** What may stand before the value: a second name for it, and a choice that only an app's own pages ever make otherwise. */
const secondName = String.raw`(?:window\.\w{1,40}\s{0,5}=\s{0,5})?`
const choice = String.raw`\(?xml \? getXmlValue\('[\w.]{1,60}'\)[^:'"]{0,20}(?:'' )?: `
const literalStart = String.raw`(?=['"[{]|\d{9}|htmlDecode\(|JsDecode\()`

/**
 * The value of a statement `var NAME = "" || "…"` or `window.NAME = '…'`: the first of them that is a literal and not empty. Pages also hold
 * minified libraries with variables of the same names; only a quotation, a list, an object, a number of nine digits or more, or a call that wraps a quotation is taken.
 */
export function readVariable(page: PageText, name: string): Literal | undefined {
  for (const form of forms) {
    const before = form === 'd.' ? choice : `${secondName}(?:${choice})?`
    const statement = new RegExp(`^${form.replace('.', '\\.')}${name}\\s{0,20}=\\s{0,200}${before}${literalStart}`)
    let at = page.find(form + name)
    for (let place = 0; place < maxPlaces && at >= 0; place++) {
      const start = statement.exec(page.slice(at, at + 500))?.[0].length
      if (start !== undefined && (form !== ',' || isDeclared(page, at))) {
        const value = readStatement(page, at + start)
        if (value !== undefined && value !== '') return value
      }
      at = page.find(form + name, at + 1)
    }
  }
  return undefined
}

function isDeclared(page: PageText, comma: number): boolean {
  const before = page.slice(Math.max(0, comma - longestDeclaration), comma + 1)
  return declaration.test(before.slice(before.lastIndexOf('var ')))
}

/** WeChat also replaces white space in what it states, as a browser shows none. */
const statementEnd = /^\s{0,200}(?:$|[;,)}<]|\n|var |\.replace\(\/)/

function readStatement(page: PageText, at: number): Literal | undefined {
  for (const size of [2_000, maxStatement]) {
    const text = page.slice(at, at + size)
    const { value, end, complete } = readLiteral(text, 0, { isLenient: true })
    if (typeof value === 'object' ? complete || size === maxStatement : complete && end < text.length) {
      // A quotation with an operator behind it is a part of something that is not stated.
      return typeof value === 'object' || statementEnd.test(text.slice(end, end + 300)) ? value : undefined
    }
  }
  return undefined
}
