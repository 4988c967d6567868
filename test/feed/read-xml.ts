import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/u

/** xml2js comes with rss-parser; it reads by the parser sax, in its strict mode. */
const require = createRequire(createRequire(import.meta.url).resolve('rss-parser'))
const { parseString } = require('xml2js') as {
  parseString(xml: string, options: object, done: (error: Error | null, tree: unknown) => void): void
}

/** Throws unless the text is well-formed XML, by a parser that is not ours, and holds no character that XML 1.0 forbids. */
export function assertWellFormed(xml: string): void {
  const bad = FORBIDDEN.exec(xml)
  if (bad !== null) throw new Error(`U+${bad[0].charCodeAt(0).toString(16)} at ${bad.index}`)
  parseString(xml, { async: false, strict: true, xmlns: true }, error => {
    if (error !== null) throw error
  })
}

/** A file of fixtures/feed. */
export function readFixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/feed/${name}`, import.meta.url), 'utf8')
}
