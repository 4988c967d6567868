import { decodeUtf32, findUtf32 } from './decode-utf-32.js'
import { windowsSign } from './windows-1252.js'

/** A text and the encoding it was read in. */
export interface DecodedBody {
  text: string
  /** Name of the encoding, as `TextDecoder` calls it, or `utf-32be` or `utf-32le`. */
  encoding: string
  /** The share of characters that could not be read and stand as U+FFFD: 0 to 1. */
  unreadable: number
}

/** How far `<meta charset>` and the XML declaration are looked for, in bytes. HTML asks for 1,024; real pages put them later. */
const sniffedBytes = 4096

/** Encodings that read any bytes, so that being readable proves nothing: servers send them by default for pages of all kinds. */
const singleByte = /^(?:windows-125\d|iso-8859-|macintosh|koi8|ibm866|x-mac|windows-874|x-user-defined)/

/** Characters that every Chinese text has in plenty, written alike in both scripts: a text read in the wrong encoding has hardly any. */
const commonChinese = /[的一是不了在人有我他中大上和可下而也就子自之年生能出地方行工家成用本日月]/g
const commonJapanese = /[のにはをたがでてとしれさいるもなっ]/g
const commonKorean = /[이다는을의에가고한하지로도은들사]/g
const commonRussian = /[оеаинтсрвлкмдпу]/g

/** Encodings that are guessed, by what their texts have in plenty. Of equals the first is taken. */
const guesses: readonly (readonly [encoding: string, common: RegExp])[] = [
  ['utf-8', commonChinese],
  ['gb18030', commonChinese],
  ['big5', commonChinese],
  ['shift_jis', commonJapanese],
  ['euc-jp', commonJapanese],
  ['euc-kr', commonKorean],
  ['koi8-r', commonRussian],
  ['windows-1251', commonRussian],
]

/** A reading in another encoding that fits by chance does not get further than this many characters. */
const provingCharacters = 4

/** Share of unreadable characters up to which a declared encoding is believed. */
const toleratedShare = 0.01

/** Share of unreadable characters up to which a text is UTF-8 with damages; that of a text in another encoding is near 1. */
const utf8Share = 0.1

/** The same where nothing else is declared. Of eight characters of Chinese in another encoding, one text in 3,000 gets so far. */
const openShare = 1 / 3
/** What takes three bytes or more in UTF-8: texts in other encodings have next to none. */
const longCharacters = /[\u{800}-\u{fffc}\u{10000}-\u{10ffff}]/gu

/** Share of unreadable characters from which a guessed Chinese encoding makes no sense. */
const senselessShare = 0.3

/**
 * Reads bytes as text: by byte order mark, then `charset` of the content type, then `<meta>` or XML declaration, then by guess (UTF-8, the usual
 * encodings of Chinese, Japanese, Korean and Russian, Windows-1252).
 * Bytes that are UTF-8 beyond doubt are read so whatever is declared, and a page's own word goes before a server's single-byte default. Never throws; pure, without Node.
 */
export function decodeBody(bytes: Uint8Array, contentType = ''): DecodedBody {
  const wide = findUtf32(bytes)
  if (wide !== undefined) return measure(decodeUtf32(bytes, wide), wide)
  const marked = findByteOrderMark(bytes) ?? guessBareUtf16(bytes)
  if (marked !== undefined) return decode(bytes, marked)
  const declared = findDeclared(bytes, contentType)
  const utf8 = decodeUtf8Strictly(bytes) ?? decode(bytes, 'utf-8')
  const isOpen = declared[0] === undefined || declared[0] === 'utf-8'
  if (isOpen ? isDamagedUtf8(utf8) : utf8.unreadable <= utf8Share && isProvenUtf8(utf8.text)) return utf8
  // Accents and quotation marks of Windows-1252 that happen to be UTF-8 make no sense in any language: one character proves it.
  if (utf8.unreadable === 0 && declared[0] === 'windows-1252' && /[\u{80}-\u{10ffff}]/u.test(utf8.text)) return utf8
  for (const encoding of declared) {
    const read = decode(bytes, encoding)
    if (read.unreadable <= toleratedShare) return read
  }
  // What is called UTF-8 and is not tells nothing of what it is: programs write that into everything.
  const isTold = declared.some(encoding => encoding !== 'utf-8')
  if (!isTold && isWestern(bytes)) return decode(bytes, 'windows-1252')
  const best = likeliest(bytes, declared)
  return !isTold && best.unreadable > senselessShare ? decode(bytes, 'windows-1252') : best
}

/** Whether bytes are UTF-8 by what they say of themselves, be it by saying nothing. */
export function claimsUtf8(bytes: Uint8Array): boolean {
  return (findByteOrderMark(bytes) ?? findDeclared(bytes, '')[0] ?? 'utf-8') === 'utf-8'
}

function findByteOrderMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined
}

/** Declared encodings, the more trustworthy first. */
function findDeclared(bytes: Uint8Array, contentType: string): string[] {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, sniffedBytes))
  const page =
    /<meta[^>]{1,400}?charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})/i.exec(head) ??
    /^\s{0,99}<\?xml[^>]{1,200}?encoding\s{0,9}=\s{0,9}["']([\w:.-]{1,40})/i.exec(head)
  const fromHeader = toEncoding(/charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})/i.exec(contentType)?.[1])
  // A page that can be read for its own declaration is not in UTF-16, whatever that says (HTML, 4.2.5.4).
  const fromPage = toEncoding(page?.[1])?.replace(/^utf-16.*/, 'utf-8')
  const declared = [fromHeader, fromPage].filter(encoding => encoding !== undefined)
  return fromHeader !== undefined && singleByte.test(fromHeader) ? declared.reverse() : declared
}

function toEncoding(label: string | undefined): string | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** The text, if the bytes are UTF-8 from end to end; a U+FFFD in it was written by its author. */
function decodeUtf8Strictly(bytes: Uint8Array): DecodedBody | undefined {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', unreadable: 0 }
  } catch {
    return undefined
  }
}

/** A text that was cut within characters, or holds some of another text, has fewer faults than characters that are whole. */
function isDamagedUtf8({ text, unreadable }: DecodedBody): boolean {
  return unreadable <= openShare || countMatches(text, longCharacters) >= countMatches(text, /\u{fffd}/gu)
}

function isProvenUtf8(text: string): boolean {
  return countMatches(text, /[\u{80}-\u{10ffff}]/gu) >= provingCharacters
}

/** UTF-16 without a mark: markup has a zero in every second byte. */
function guessBareUtf16(bytes: Uint8Array): string | undefined {
  const zeros = [0, 0]
  const head = bytes.subarray(0, 64)
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even === odd || Math.max(even, odd) * 4 < head.length) return undefined
  return even > odd ? 'utf-16be' : 'utf-16le'
}

/** Letters with accents mostly stand alone among plain ones; characters of Chinese take two bytes each and stand in rows. */
function isWestern(bytes: Uint8Array): boolean {
  let high = 0
  let alone = 0
  let before = 0
  for (const [at, byte] of bytes.entries()) {
    if (byte >= 0x80) {
      high++
      if (before < 0x80 && (bytes[at + 1] ?? 0) < 0x80) alone++
    }
    before = byte
  }
  return alone * 2 > high
}

/** The reading that looks most like a text; what was declared is a Chinese encoding, where it is none of the others. */
function likeliest(bytes: Uint8Array, declared: readonly string[]): DecodedBody {
  const known = new Map(guesses)
  let best: DecodedBody | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const encoding of new Set([...declared, ...known.keys()])) {
    const reading = decode(bytes, encoding)
    const score = scoreReading(reading, known.get(encoding) ?? commonChinese)
    if (score <= most) continue
    best = reading
    most = score
  }
  return best ?? decode(bytes, 'utf-8')
}

/**
 * Common characters less unreadable ones. In the encodings of Russian, which read any bytes, what is not common is as good as unreadable. A few characters make no text
 * another one than Chinese.
 */
function scoreReading({ text }: DecodedBody, common: RegExp): number {
  const found = countMatches(text, common)
  if (common === commonRussian) return 2 * (found - provingCharacters) - countMatches(text, /[\u{80}-\u{10ffff}]/gu)
  return found - countMatches(text, /\u{fffd}/gu) - (common === commonChinese ? 0 : provingCharacters)
}

const CONTROLS = /[\u0080-\u009f]/g

function decode(bytes: Uint8Array, encoding: string): DecodedBody {
  const decoder = new TextDecoder(encoding)
  const text = decoder.decode(bytes)
  // Some versions of Node read Windows-1252 as ISO 8859-1, without its quotation marks and dashes.
  const isWindows = decoder.encoding === 'windows-1252'
  return measure(isWindows ? text.replace(CONTROLS, control => windowsSign(control.charCodeAt(0))) : text, decoder.encoding)
}

function measure(text: string, encoding: string): DecodedBody {
  const unreadable = text.includes('\u{fffd}') ? countMatches(text, /\u{fffd}/gu) / countMatches(text, /[\u{80}-\u{10ffff}]/gu) : 0
  return { text, encoding, unreadable }
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
