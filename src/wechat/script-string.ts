const bareLineBreak = /(?<![\\\r])[\r\n]/

/**
 * A quoted string with its escapes resolved; `skipped` gives its end only. An unescaped line break in it is damage, as it is to a browser: then the text behind it is not trusted.
 */
export function readString(text: string, start: number, skipped: boolean): { value: string | undefined; end: number } | undefined {
  const quote = text[start] ?? ''
  const from = start + 1
  let close = text.indexOf(quote, from)
  while (close >= 0 && isEscaped(text, close, from)) close = text.indexOf(quote, close + 1)
  if (close < 0) return undefined
  const raw = text.slice(from, close)
  if (bareLineBreak.test(raw)) return undefined
  return { value: skipped ? undefined : unescapeScript(raw), end: close + 1 }
}

function isEscaped(text: string, at: number, from: number): boolean {
  let slashes = 0
  while (at - slashes > from && text[at - slashes - 1] === '\\') slashes++
  return slashes % 2 === 1
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '', '\r': '' }
const unicodeEscape = /u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}/y

/** Resolves the escapes of a script string: `\x22`, `\u4e2d`, `\u{1f33f}`, `\n`, `\"`. Of a broken escape, its backslash goes. */
export function unescapeScript(raw: string): string {
  let slash = raw.indexOf('\\')
  if (slash < 0) return raw
  let result = ''
  let from = 0
  while (slash >= 0) {
    if (slash > from) result += raw.slice(from, slash)
    const sign = raw[slash + 1] ?? ''
    from = slash + 2
    const byte = sign === 'x' ? hexByte(raw, from) : -1
    if (byte >= 0) {
      result += String.fromCharCode(byte)
      from += 2
    } else {
      const unicode = sign === 'u' ? matchAt(unicodeEscape, raw, slash + 1) : undefined
      const code = unicode === undefined ? -1 : Number.parseInt(unicode.replace(/[u{}]/g, ''), 16)
      result += code < 0 || code > 0x10ffff ? (escapes[sign] ?? sign) : String.fromCodePoint(code)
      if (unicode !== undefined) from = slash + 1 + unicode.length
    }
    slash = raw.indexOf('\\', from)
  }
  return result + raw.slice(from)
}

/** The byte that two hexadecimal digits give, or -1. By hand, since a body has tens of thousands of them. */
function hexByte(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at))
  const low = hexDigit(text.charCodeAt(at + 1))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/** What a sticky pattern matches at an offset. */
export function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
