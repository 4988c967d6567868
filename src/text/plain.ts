import type { Plain } from '../types.js'
import { windowsSign } from './windows-1252.js'

/** What XML 1.0 (production `Char`) does not admit; under the `u` flag a surrogate matches only when it stands alone. */
const notXmlChar = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/u
const notXmlChars = new RegExp(notXmlChar, 'gu')
/**
 * The same or a surrogate of a pair: far cheaper to look for, and rare. Engines look through a long text fastest for few unbroken ranges, so
 * the breaks among the control characters are told apart where one is met.
 */
const suspect = /[\u0000-\u001f\ud800-\udfff\ufffe\uffff](?<![\t\n\r])/

/**
 * The text without the characters that XML 1.0 forbids, so that it can stand in any feed: a lone surrogate becomes U+FFFD, a vertical tab or
 * form feed (a line break to the program it came from) a space, all else is dropped. A text without such characters is given back as it is.
 */
export function cleanText(text: string): string {
  if (!suspect.test(text) || !notXmlChar.test(text)) return text
  return text.replace(notXmlChars, mendCharacter)
}

function mendCharacter(character: string): string {
  if (character === '\u000b' || character === '\u000c') return ' '
  return character >= '\ud800' && character <= '\udfff' ? '\ufffd' : ''
}

/** Zero-width and soft characters, direction overrides (they can make a title read as another one) and C1 controls, which were meant for signs of Windows-1252 where it has some. Joiners stay: emoji and Persian need them. */
const invisible = /[\u007f-\u0084\u0086-\u009f\u00ad\u180e\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/gu
const spaces = /[\s\u0085]+/gu

/** What may make a text untidy: all but the commonest letters and marks, and a space that is not alone between two of them. */
export const untidy = /[^ !-~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2014\u2018-\u201f\u2026\u3001-\u9fff\uff01-\uff5e]| {2}|^ | $/

/** Plain text of one line: XML characters only, nothing invisible, every run of white space (also U+00A0 and U+3000) one space, trimmed. Doing it twice changes nothing. */
export function toPlain(text: string): Plain {
  return untidy.test(text) ? tidied(text) : text
}

function tidied(text: string): Plain {
  const line = cleanText(text).replace(invisible, meantBy).replace(spaces, ' ')
  let start = 0
  let end = line.length
  while (start < end && isEdge(line.charCodeAt(start))) start++
  while (end > start && isEdge(line.charCodeAt(end - 1))) end--
  return line.slice(start, end)
}

function meantBy(character: string): string {
  const sign = windowsSign(character.charCodeAt(0))
  return sign > '\u009f' ? sign : ''
}

/** A space, or a joiner that has nothing to join. */
function isEdge(code: number): boolean {
  return code === 0x20 || code === 0x200c || code === 0x200d
}

/**
 * The same text in memory of its own. Engines keep a slice as a window on the text it was cut from, so one title can hold a page of megabytes
 * alive; joining and cutting makes a new text.
 */
export function copyString(text: string): string {
  return ` ${text}`.slice(1)
}

/** A text of one line with at most so many characters, in memory of its own; absent when nothing is left of it. */
export function toLine(text: string, max: number): Plain | undefined {
  const plain = toPlain(text)
  return plain === '' ? undefined : copyString(cutText(plain, max))
}

const sentenceEnd = /[。！？!?；;…\n]/
const wordCharacter = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hangul}\p{Nd}_'’-]/u
/** Belongs to the character before it: combining marks, variation selectors, joiners, skin tones. */
const clinging = /[\p{M}\u200d\u{1f3fb}-\u{1f3ff}]/u
/** Reads badly before an ellipsis. */
const looseEnd = /[\s,，、:：(（「《【“—-]/u

/**
 * The text itself when it has at most `max` characters (code points), else its beginning with `…` behind it, together at most `max`. It is cut after a
 * sentence that ends in the second half, else between words, else where it must be; never within a surrogate pair or before a combining mark.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  const characters = takeCharacters(text, max + 1)
  if (characters.length <= max) return text
  if (max < 1) return ''
  let end = findCut(characters, max - 1)
  while (end > 0 && looseEnd.test(characters[end - 1] ?? '')) end--
  return `${characters.slice(0, end).join('')}…`
}

function takeCharacters(text: string, count: number): string[] {
  const characters: string[] = []
  for (const character of text) {
    if (characters.length >= count) break
    characters.push(character)
  }
  return characters
}

function findCut(characters: readonly string[], room: number): number {
  const half = Math.floor(room / 2)
  for (let end = room; end > half; end--) if (isSentenceEnd(characters, end)) return end
  for (let end = room; end > half; end--) if (isBoundary(characters, end)) return end
  for (let end = room; end > 0; end--) if (!isTorn(characters, end)) return end
  return room
}

/** A full stop counts only before a space: it stands in numbers and names as well. */
function isSentenceEnd(characters: readonly string[], end: number): boolean {
  const last = characters[end - 1] ?? ''
  return sentenceEnd.test(last) || (last === '.' && /\s/.test(characters[end] ?? ''))
}

function isBoundary(characters: readonly string[], end: number): boolean {
  const inWord = wordCharacter.test(characters[end - 1] ?? '') && wordCharacter.test(characters[end] ?? '')
  return !inWord && !isTorn(characters, end)
}

function isTorn(characters: readonly string[], end: number): boolean {
  return clinging.test(characters[end] ?? '') || characters[end - 1] === '\u200d'
}
